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
passkey-sign-in = Sign in with a passkey
passkey-step-up = Show your passkey instead
passkey-cancelled = Nothing was sent: the browser was told to stop, or waited for too long. Try again, or use the password.
passkey-failed = The passkey could not be asked for. Load the page again, or use the password.
passkey-wait = Too many attempts with this passkey: wait some minutes, or use the password.
passkey-needed = the password is right, and a passkey is needed as well: sign in with it. Where there is none, it takes codes from an app, which you set up on the page of your account
passkey-refused-too-late = the passkey was asked for more than five minutes ago, or has answered already: try again
passkey-refused-not-right = the answer of the passkey is not the one that was asked for: try again, or use the password
passkey-refused-other-address = the passkey answered a page of another address: open the clinic under its own address
passkey-refused-unknown = this passkey is not known here, or not as yours: use another one, or the password
passkey-refused-already-there = this passkey is there already
passkey-refused-too-many = there are as many passkeys as there can be: remove one first
passkey-refused-copy = this passkey answered like a copy of itself, and is not accepted: use another way in, remove it, and add it again
passkey-refused-not-verified = the device did not ask who you are: set up its PIN, fingerprint or face, and try again
passkey-refused-not-built = this program was built without passkeys: use the password

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
