# Whether needling is safe, and why.
screening-title = Screening
screening-not-yet = Screening cannot answer yet
screening-rules = { $count } rules were looked at for { $date }.
screening-recorded = In the chart: { $decision }, recorded for { $date }.
screening-none-recorded = No screening is recorded in the chart yet.
screening-overrides-prescriber = A prescriber's decision against a rule stands in it; only a prescriber can repeat it.
screening-asked-for = Asked for
screening-record = Record this answer
screening-look = Look without recording
screening-standing = Decisions against rules that are to stand on
screening-override = Decide otherwise, as a prescriber
screening-override-hint = Write the reason. Your name and today's date stand beside it. Show the patient both sides, and say it in the consent.
screening-override-by-prescriber = A prescriber may decide otherwise on some of these, with a reason.
screening-why = Why, strictest first
screening-nothing-counts = No finding counts.
screening-does = By itself
screening-do = To do
screening-clears = Clears
screening-label = Device label
screening-overridden = Decided otherwise
screening-evidence = Evidence
screening-sides = Sources disagree
screening-for-the-patient = In the patient's words
screening-missing =
    { $count ->
        [one] One answer is missing
       *[other] { $count } answers are missing
    }
screening-missing-hint = Unknown never permits. Each question leads to its field.
screening-answer = Answer it
screening-answer-elsewhere = The clinic's records of who treats answer it.
screening-would-change = What would change the decision
screening-change-answers =
    { $count ->
        [one] The missing answer
       *[other] The { $count } missing answers
    }
screening-change-day = not before { $date }
screening-off-label = Outside the device's label: the consent has to say so
screening-overrides = Decisions of a prescriber
screening-over = Over
screening-over-hint = A day that was typed wrong would end a wait too early: look at each.
screening-over-since = no longer counts since { $date }
screening-not-counted = Present, often listed by clinics, not counted
screening-law = What is not fixed, or was not read, in the law of the place

decision-suitable = Suitable
decision-suitable-means = Nothing that was asked speaks against needling.
decision-precautions = Suitable with precautions
decision-precautions-means = Needling may go on with the steps below.
decision-cannot-decide = Cannot decide
decision-cannot-decide-means = An answer is missing without which nobody can say. Unknown is never safe.
decision-defer = Not yet: wait until it has cleared
decision-defer-date = Not before { $date }
decision-defer-both = Not before { $date }, and not until it has cleared
decision-defer-means = Treatment waits. See below what clears it.
decision-not-suitable = Not suitable
decision-not-suitable-means = Not by these rules. See why, and what else could be done.
class-not-counted = not counted
class-precaution = precaution
class-defer = wait
class-relative = relative contraindication
class-absolute = absolute contraindication
