# One entry of a chart, in one line and in full.
entry-title = { $kind } of { $date }
entry-number = Entry
entry-written = Written
entry-id = Id
entry-content = What it says
entry-as-kept = As it is kept
entry-strike-out = Strike out
entry-strike-out-hint = The entry stays in the chart, with your name and the reason beside it, and no longer counts. What was decided with it has to be decided again.
entry-reason = Reason
entry-reason-needed = Say why it is wrong.

line-registered = Chart opened, number { $number }
line-intake = { $answers } answers, { $yes } of them yes; hopes for { $goal } improvement
line-examined =
    { $zones ->
        [one] { $scars } atrophic scars in one zone; skin type { $skin }; acne grade { $acne }
       *[other] { $scars } atrophic scars in { $zones } zones; skin type { $skin }; acne grade { $acne }
    }
line-overrides =
    { $count ->
        [one] with a decision against a rule
       *[other] with { $count } decisions against rules
    }
line-course =
    { $sessions ->
        [one] one session
       *[other] { $sessions } sessions, { $days } days apart
    }
line-adopted = As proposed: { $course }
line-nothing-proposed = Nothing was proposed
line-edited = Otherwise than proposed: { $course }
line-rejected = Not taken
line-consented = Yes to: { $purposes }
line-withdrawn = Taken back: { $purposes }
line-gate-permitted = The session might begin
line-gate-refused = Refused
line-lot = lot { $lot }
line-no-gate = no treatment-day check was asked
line-event-not-judged = not judged yet
line-event-over = It is over
line-event-not-over = It is not over
line-severity-mild = mild
line-severity-moderate = moderate
line-severity-severe = severe
line-pixels = { $width } × { $height } pixels
line-measured = { $scale }: { $value }, judged by { $rater }
line-reviewed = { $verdict }; decided: { $decided }
line-from-clinic = From the clinic
line-from-patient = From the patient
line-struck-out = { $which }, is struck out: { $reason }
line-corrected = { $which }, is corrected: { $reason }. It becomes: { $becomes }
line-points = { $points } points
