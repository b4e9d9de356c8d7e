# The frame of every page, the doors, and what goes wrong.
product = Resurface
product-about = Microneedling for atrophic acne scars
skip-to-content = Skip to the content
demonstration = Demonstration clinic: nobody is behind these charts.
language = Language
sign-out = Sign out
menu = Menu
nav-worklist = Worklist
nav-new-chart = New patient
nav-recall = Recall
nav-outcomes = Outcomes
nav-users = Users
nav-settings = Settings
nav-audit = Access log
nav-account = My account
footer-decides = The practitioner decides. Every answer names its rules, its model and its sources.
footer-version = Resurface { $version }, knowledge { $knowledge }
back = Back
save = Save
cancel = Cancel
yes = Yes
no = No
unknown = Not known
optional = optional
faults-title =
    { $count ->
        [one] One thing has to be corrected
       *[other] { $count } things have to be corrected
    }
faults-kept = What you typed is kept. Nothing was saved.
fault-allowed = Allowed: { $allowed }

sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-code = Code from your app
sign-in-code-hint = Six digits, or a recovery code. Leave it empty if you have set up none.
sign-in-button = Sign in
step-up-title = Your password, once more
step-up-why = You are about to { $what }. For this, the password of { $name } is asked for again.
step-up-button = Go on

problem-title = This did not work
problem-forbidden = You may not do this
problem-missing = There is no such page
problem-moved = Somebody else has written into this chart meanwhile
problem-wait = Too many tries
problem-too-large = This is too large
problem-too-slow = This took too long. Look whether it was done before you try again.
problem-broken = Something is wrong with the clinic's data
problem-form-stale = This form was opened before you signed in anew. Open it again and repeat what you typed.
problem-back-to-work = Go to the worklist
problem-nothing-saved = Nothing was changed.

worklist-title = Worklist
worklist-today = { $date }
worklist-search = Name or number
worklist-step = Next step
worklist-all-steps = All steps
worklist-find = Find
worklist-count =
    { $count ->
        [one] One chart
       *[other] { $count } charts
    }
worklist-shown = { $shown } of { $count } charts
worklist-patient = Patient
worklist-next = Next
worklist-due = Due
worklist-why = Why
worklist-overdue =
    { $days ->
        [one] one day overdue
       *[other] { $days } days overdue
    }
worklist-due-today = today
worklist-no-day = no day
worklist-empty = No chart matches. Change what you look for, or register a new patient.
worklist-unreadable = Not readable: { $id }. See to it before anything else: run “resurface verify”.
worklist-page = Page { $page } of { $pages }
worklist-previous = Previous
worklist-following = Next page
