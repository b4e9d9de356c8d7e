# Adverse events, messages, and links that a patient is handed.
events-title = Adverse events
events-one = Adverse event
events-open = Open, worst first
events-none-open = Nothing is open.
events-over =
    { $count ->
        [one] One that is over
       *[other] { $count } that are over
    }
events-noticed = Noticed on
events-what = What it is
events-what-hint = Leave it open if nobody has judged it yet.
events-not-judged = Not judged yet
events-severity = How bad
events-by = Reported by
events-by-patient = the patient
events-by-clinic = the clinic
events-session = After the session of
events-no-session = no session
events-after =
    { $days ->
        [0] { $date }, the same day
        [one] { $date }, one day before
       *[other] { $date }, { $days } days before
    }
events-report = Report an adverse event
events-text = What was noticed
events-pictures = Pictures that the patient sent
events-button = Report it
severity-mild = mild
severity-moderate = moderate
severity-severe = severe
severity-mild-about = Mild: noticed
severity-moderate-about = Moderate: needs care
severity-severe-about = Severe: urgent, or lasting
urgency-expected = belongs to the treatment
urgency-week = within a week
urgency-day = the same day
urgency-emergency = at once
course-continue = the course goes on
course-pause = the course waits until it has cleared
course-stop = the course ends
events-do = What you do
events-patient-does = What the patient does
events-common = How common
events-onset = When it begins
events-onset-days = day { $from } to { $to } after the session
events-authority = Who is told
events-report-no = Nobody besides this chart.
events-report-unknown = It is reported, but the knowledge names no authority for this place: look it up.
events-guide = All kinds, as patients notice them
events-patient-notices = What the patient notices
events-urgency = How soon
events-judge = What is it?
events-judge-button = Keep the judgement
events-judged = what it is, or how bad, was judged
events-follow = Follow up
events-follow-again = Follow up once more
events-follow-button = Write it down
events-followed = What became of it
events-day = Day
events-became = What became of it
events-state = Where it stands
events-state-open = open
events-state-over = over
events-not-yet-over = Not over yet
events-is-over = It is over

messages-title = Messages
messages-what = What you write down
messages-to-patient = A message to the patient
messages-of-patient = What the patient said
messages-text = Words
messages-text-hint = The patient reads a message beside the plan, with the link to it. Write plainly.
messages-button = Write it
messages-none = Nothing was written yet.
messages-from-clinic = From the clinic
messages-from-patient = From the patient

links-title = Links for the patient
links-about = A link opens one page for one patient, without an account, until its last day. Whoever holds it can open it: hand it over yourself.
links-purpose = What for
links-intake = Answer the questions before the visit
links-plan = Read the plan, after-care and messages
links-report = Report a problem
links-days = Works for so many days
links-days-number = give a number of days
links-choose = choose what the link is for
links-make = Make the link
links-made = A new link
links-once = It is shown this once: the clinic does not keep it.
links-code = Code to read with a telephone's camera
links-works =
    { $days ->
        [one] It works for one day.
       *[other] It works for { $days } days.
    }
links-how = Let the patient read the code with the camera, or print this page and hand it over. Do not let anybody else see it.
links-all = All links of this patient
links-handed-out = Handed out
links-made-at = Made
links-until = Until
links-state = State
links-works-now = works
links-expired = its days are over
links-revoked = revoked { $when }
links-used = used { $when }
links-revoke = Revoke
links-revoke-one = Revoke: { $purpose }, made { $when }
