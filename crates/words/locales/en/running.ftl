# Running the clinic: recall, users, one's own account, access log, emergencies.
recall-title = Recall
recall-about = Everybody who was treated with a cartridge of a lot, or for whom one was prepared.
recall-lot = Lot number
recall-lot-hint = As printed on the pack. Spaces and capitals do not matter.
recall-find = Find
recall-none = Nobody was treated with lot { $lot }, and it was prepared for nobody.
recall-count =
    { $count ->
        [one] One patient for lot { $lot }
       *[other] { $count } patients for lot { $lot }
    }
recall-contact = How to reach
recall-no-contact = nothing recorded
recall-given = Treated on
recall-prepared = Prepared on, not treated
recall-damaged = This chart does not check. It names the lot somewhere: look through it by hand.
recall-csv = Save as a table (CSV)

role-practitioner = Practitioner
role-prescriber = Prescriber
role-assistant = Assistant
role-lead = Lead
role-patient = Patient
roles-none = no role
role-practitioner-hint = examines, plans, treats, reviews
role-prescriber-hint = a practitioner who may also decide against a relative contraindication
role-assistant-hint = registers, helps with the intake, takes pictures
role-lead-hint = users, settings, access log, outcomes, recall

users-title = Users
users-add = Add a user
users-name = Name
users-sign-in-name = Signs in as
users-roles = Roles
users-training = Training
users-state = Account
users-on = on
users-off = switched off
users-you = you
training-none = does not treat
training-unknown = training not recorded
training-until = trained, until { $date }
training-over = training ended { $date }
training-yes = trained, no end recorded
training-no = not trained

user-new-title = New user
user-name = Name to sign in with
user-name-hint = Small letters, figures, dots, underscores and hyphens; 2 to 64 signs.
user-display-name = Name that others read
user-display-name-hint = As on the register. It stands beside every entry.
user-password = First password
user-password-hint = At least 12 signs; four random words are good. Whoever gets it changes it after the first sign-in.
user-operator = Treating
user-operator-about = The check on the treatment day reads this, and refuses what is not known.
user-profession = Profession
profession-none = does not treat
profession-dermatologist = Dermatologist
profession-doctor = Doctor of another field
profession-nurse = Nurse
profession-practitioner = Trained practitioner
user-trained = Trained in microneedling?
user-training-until = Training counts until
user-depth-limit = Deepest needle they may set (µm)
user-premises = Do the premises hold the permission that this place asks for?
user-save-roles = Save roles
user-save-operator = Save what is known
user-switch-off = Switch off
user-switch-off-about = They may do nothing any more, and what they did keeps their name.
user-switch-on = Switch on again
user-end = End all sign-ins
user-passkeys-about = { $count ->
    [one] They have one passkey. Removing it ends all their sign-ins; the password lets them in, and a code if they have set up any.
   *[other] They have { $count } passkeys. Removing them ends all their sign-ins; the password lets them in, and a code if they have set up any.
}
user-passkeys = Remove passkeys
user-end-about = For a phone or a computer that was lost. They can sign in again.
user-new-password = New password
user-new-password-about = Ends all their sign-ins.
user-lost-phone = Their phone is lost as well
user-lost-phone-hint = Codes and passkeys go; new ones are set up after the next sign-in.
user-changed = Changed.
user-back = All users

account-title = My account
account-roles = Your roles: { $roles }
account-password-title = Change the password
account-current = Password of now
account-new = New password
account-again = New password, once more
account-new-hint = At least 12 signs; four random words are good.
account-not-same = the two are not the same: type the same twice
account-change = Change the password
account-change-about = Every sign-in of yours ends; you sign in again with the new one.
account-changed = The password is changed. Sign in with the new one.
account-factor-title = Codes from an app
account-factor-about = A second factor: without your phone nobody signs in as you, whatever they know.
account-factor-on =
    { $count ->
        [0] On. No recovery code is left: set it up anew.
        [one] On. One recovery code is left.
       *[other] On. { $count } recovery codes are left.
    }
account-factor-off = Off. Your password alone opens your account.
account-factor-passkey = Off. Your passkey is your second factor. Codes let you in where no passkey is at hand.
account-factor-begin = Set up codes
account-factor-anew = Set up anew
factor-title = Set up codes from an app
factor-or-passkey = A passkey is a second factor as well.
factor-scan = Scan this with your authenticator app
factor-qr-alt = QR code for your authenticator app; the same as the secret beside it
factor-type = Or type this secret into the app
factor-code = Code that the app shows now
factor-code-hint = Six digits. From then on a code is needed to sign in.
factor-confirm = Confirm
factor-wrong = the code is not right: wait for the next one, and look whether the clock of the phone is right
factor-over = Nothing was waiting to be confirmed: begin again.
factor-done = Codes are set up
factor-recovery = Recovery codes
factor-recovery-about = For when the phone is lost. Each counts once. They are shown this once: print them, or write them down, and keep them apart from the phone.
factor-recovery-done = I have kept them
passkeys-title = Passkeys
passkeys-about = Your phone, your computer or a security key signs you in: no password, no code. It asks for your fingerprint, face or PIN first.
passkeys-count = { $count ->
    [one] On. You have one passkey.
   *[other] On. You have { $count } passkeys.
}
passkeys-begin = Set up a passkey
passkeys-change = Add or remove passkeys
passkey-add = Add a passkey
passkey-add-button = Add it with this browser
passkey-name = Name
passkey-name-hint = By which you know it again: phone, computer in room 2.
passkey-name-missing = give it a name by which you know it again
passkey-added = Added
passkey-used = Last used
passkey-never = Never used
passkey-remove = Remove
passkey-remove-this = Remove { $name }
passkey-not-here = No passkey can be added here: it takes a browser with scripts that knows passkeys, and this address:
passkey-first = You have a passkey and no codes: show the passkey first. The password counts for five minutes after that.
passkey-first-link = Show the passkey

audit-title = Access log
audit-about = Who did what, and what was refused; newest first. That it was read is written down as well.
audit-patient = Number of a patient
audit-no-patient = no chart has this number
audit-person = By whom
audit-anybody = anybody
audit-since = From day
audit-outcome = What came of it
audit-all = everything
audit-failures = refused or failed only
audit-show = Show
audit-when = When
audit-who = Who
audit-what = What
audit-whom = About whom
audit-came = What came of it
audit-allowed = done
audit-denied = refused: { $missing }
audit-failed = failed
audit-unreadable = This line cannot be read: run “resurface verify”.
audit-console = at the clinic's machine
audit-link = a patient's link
audit-nobody = nobody who is known
audit-no-lines = Nothing was found.
audit-most = The newest { $count } lines are shown. Narrow down what you look for to see others.
audit-emergencies = Opened in an emergency
audit-to-emergencies = Charts opened in an emergency
audit-emergencies-about = Every time the glass was broken, and what was opened by it.
audit-reason = Reason: { $reason }

glass-title = Open a chart in an emergency
glass-about = For an hour, for one patient. Your name and your reason are written down, and the clinic's lead reads them.
glass-search = Name or number of the patient
glass-find = Find
glass-whom = Whose chart
glass-none = Nobody was found. Write the name in another way.
glass-reason = Why this chart is needed now
glass-reason-hint = 10 to 500 characters.
glass-open = Open the chart
glass-way = Is this an emergency? You can open the chart with a reason.
step-up-something = go on

set-up-title = The first account
set-up-about = This clinic has no user yet. You make the first one, who leads it: adds others, sets the clinic up, and reads the access log.
set-up-display-name = Your name
set-up-again = Password, once more
set-up-also = What you do besides leading
set-up-also-hint = What is known of your training is recorded afterwards, under “Users”.
set-up-button = Make the account
set-up-over = This link does not work, or does no longer: it counts once, and for an hour. Start the program anew to get another.

settings-title = Settings
settings-about = What this clinic has decided for itself. Every change makes a new version of the rules; earlier decisions keep theirs.
settings-practice = Place and device
settings-practice-about = What a form begins with. It can be changed for each patient.
settings-none-chosen = none chosen
settings-reason = Why
settings-reason-hint = Whoever reads it later was not there.
settings-decided = { $name }, { $date }: { $reason }
settings-changed = Decided by this clinic
settings-shipped = As they came with the program
settings-name = Setting
settings-value = Value
settings-range = Allowed
settings-basis = Rests on
settings-was = came as { $value }
settings-mark-seen = read in its source
settings-mark-recalled = not read in its source
settings-mark-ours = expert setting
settings-changes = Screening, plans and the check on the treatment day go by the new value from now on.
settings-reset = Back to { $value }
settings-sources = Sources: { $sources }
settings-allowed = { $range } { $unit }
settings-as-shipped = as it came

duty-title = Second factor
duty-free = Each user does as they like.
duty-required = Every user has to have codes from an app, or a passkey. Whoever has neither sets one up before anything else.
duty-require = Require one of every user
duty-release = Require it no longer

outcomes-title = Outcomes of this clinic
outcomes-about = What the latest review said of everybody who had a session. On course means: within what was forecast for that patient, or better.
outcomes-group = Grouped by
outcomes-of = Group
outcomes-all = All
outcomes-treated = Treated
outcomes-sessions = Sessions
outcomes-judged = Judged by a review
outcomes-on-course = On course or better
outcomes-slower = Slower than forecast
outcomes-not-responding = Not responding
outcomes-with-event = With an adverse event
outcomes-open-event = With one that is not over
outcomes-by-scar_type = By main scar type before treatment
outcomes-by-severity = By severity before treatment
outcomes-by-skin_type = By skin type
outcomes-by-operator = By who gave the latest session
outcomes-scar_type = Main scar type
outcomes-severity = Goodman-Baron grade
outcomes-skin_type = Skin type
outcomes-operator = Who treats
outcomes-scars-ice_pick = Ice pick
outcomes-scars-boxcar = Boxcar
outcomes-scars-rolling = Rolling
outcomes-scars-mixed = Mixed, none the most
outcomes-grade-0 = no scar
outcomes-grade-1 = 1, macular
outcomes-grade-2 = 2, mild
outcomes-grade-3 = 3, moderate
outcomes-grade-4 = 4, severe
outcomes-fitzpatrick = Fitzpatrick { $type }
outcomes-too-few = too few to say
outcomes-interval = { $counted } of { $of }, { $low } to { $high }
outcomes-small = A share of fewer than { $least } patients is not shown. Intervals are 95 % (Wilson).
outcomes-compare = Groups differ in more than their name: whoever treats the harder scars has the lower share. Compare with care.
