# The plan: what is proposed and why, and what is made of it.
plan-title = Plan
plan-proposal = Proposal
plan-course-details = The course, day by day
plan-would-be = What would be proposed once it has cleared (not a proposal for today)
plan-nothing-today = Nothing today
plan-after-day = Not before { $date }. What follows is what would be proposed then.
plan-after-state = Once it has cleared. What follows is what would be proposed then.
plan-withheld = No course is proposed
plan-you-decide = This is a proposal. You decide.
plan-sentence =
    { $sessions ->
        [one] One session; { $better } better three months later (80 in 100: { $eighty }); chance of the goal { $chance }.
       *[other] { $sessions } sessions, one every { $weeks } weeks; { $better } better three months after the last (80 in 100: { $eighty }); chance of the goal { $chance }.
    }
plan-sentence-more =
    { $sessions ->
        [one] One more session; { $better } better three months later (80 in 100: { $eighty }); chance of the goal { $chance }.
       *[other] { $sessions } more sessions, one every { $weeks } weeks; { $better } better three months after the last (80 in 100: { $eighty }); chance of the goal { $chance }.
    }
plan-withheld-not-suitable = Needling is not suitable. The forecast below is what it might do if it became so.
plan-withheld-cannot-decide = Answers are missing. The forecast below is what needling might do.
plan-withheld-no-forecast = No forecast can be made for this patient.
plan-withheld-no-interval = No interval between sessions is allowed for this patient.
plan-withheld-not-worth-it = No further session: none is expected to add what the clinic asks of one.
plan-withheld-goal-reached = No further session: the goal is reached with the chance wanted.
plan-no-forecast = No forecast
plan-no-interval = No interval between sessions is allowed for this patient, so there is no course to forecast.

plan-because-reached = The sessions given reach the goal.
plan-because-fewest = The fewest sessions that reach the goal with a chance of at least { $chance }.
plan-because-little = One more session would add less than { $points } points, the clinic's threshold.
plan-because-most = The most that the protocol allows before a review decides.
plan-goal-out-of-reach = The goal may be out of reach: the best chance is { $chance }, with { $sessions } further sessions.
plan-at-stake = At stake: with a chance of { $chance } the course brings less than a quarter.
plan-note-out-of-reach = The goal may be out of reach of needling: speak of the other options below.
plan-note-more-sessions = More sessions would reach the goal with the chance wanted, each adding less than the clinic asks of one.
plan-note-fewer = Fewer sessions than trials usually gave.
plan-note-after-day = The verdict comes after the day by which the patient wants it.
plan-note-no-day = The first session waits for a state; its day is not known.
plan-note-longer = The longer interval holds for this skin, or because darker marks after needling were not ruled out.
plan-note-no-depth = Some zone has no depth until what is missing is recorded.
plan-note-shorter = Two-week intervals are compared only; they are not allowed.
plan-sessions-when = Sessions, not before
plan-no-day-yet = No day is known until it has cleared.
plan-reviews = Reviews, not before
plan-after-session = after session { $number }
plan-review-within = Within the course
plan-review-verdict = Verdict
plan-review-better = Better verdict
plan-review-durability = Does it last
plan-no-verdict-before = No verdict of failure before its day.
plan-depths = Depths, shallowest zone first
plan-depth-first = Session 1
plan-depth-later = Later
plan-limited-by = Limited by
plan-no-depth = no depth
plan-limit-device = the depth evaluated for the device
plan-limit-operator = the operator's own limit
plan-limit-place = the law of the place
plan-limit-zone = the zone's cap (expert setting)
plan-how = How each session is given
plan-passes = Passes
plan-endpoint = Endpoint
plan-numbing = Numbing, one of
plan-aftercare = After-care
plan-stop-or-pause = When the course stops or waits
plan-stop-if = Stop if
plan-pause-if = Wait if

plan-figure-alt = Forecast of the course over time, with bands, sessions and what was observed. The same numbers stand in the table below.
plan-figure-data = The numbers of the figure
plan-week = Week
plan-courses = Courses compared, one session every { $weeks } weeks
plan-courses-caption = Three months after the last session; goal { $goal }. Percent of the severity before the first session.
plan-n = Sessions in all
plan-chance-of-goal = Chance of the goal
plan-median = Median
plan-adds = Last one adds
plan-allowed = Protocol
plan-is-allowed = allowed
plan-chosen = proposed
plan-stopping-now = Stopping now
plan-not-allowed-short = sessions too near
plan-not-allowed-long = sessions too far apart
plan-not-allowed-course = more than one course before a review
plan-not-allowed-all = more than the protocol knows
plan-intervals-alike = The trials cannot tell intervals apart: safety and the calendar choose.
plan-doubtful = Do not trust these numbers: the computation says that they may be off by more than its stated error.
plan-three-intervals = Three intervals that must not be confused
plan-of-whom = Of whom
plan-typical = A new patient of a clinic like the average of the trials
plan-new-clinic = A new patient of a clinic that was in no trial
plan-this-patient = This patient
plan-rests-on-trials = It rests on trials alone: nothing of this patient's own yet.
plan-rests-on-types = It rests on trials and this patient's scar types; no outcome of their own yet.
plan-rests-on-outcomes = It rests on trials, scar types and this patient's own outcomes.
plan-published = An open-label study would report about { $published }; without the optimism of open raters it is { $adjusted }. No trial with blinded raters is in the fit, so how large that optimism is rests mostly on assumption.
plan-rests-on = What this answer rests on
plan-versions = Resurface { $program }, knowledge { $knowledge }, model { $model }, seed { $seed }
plan-computed = { $points } points, worth { $effective } independent ones; error of the computation in a chance at most { $error } points.
plan-assumption = { $count } of the model's parameters rest mostly on assumption, among them the effect of depth, passes and interval.

plan-alternatives = What else could be done
plan-concern-open = Not answered
plan-scar = Scar
plan-needling = Needling
plan-others = Other treatments, best place first
plan-nothing = Doing nothing
plan-each-treatment = Each treatment, with its evidence
plan-risk = Risk
plan-risks =
    { $sessions ->
        [one] What could go wrong, over one session
       *[other] What could go wrong, over { $sessions } sessions
    }
plan-dark-marks = Dark marks
plan-dark-marks-says = over the course (95 in 100: { $span }), { $session } in one session; seen in { $seen } of { $patients } patients.
plan-skin-as-studied = In the skin types it was seen in.
plan-skin-lighter = Seen in darker skin than this: the risk is expected to be lower; by how much was not seen.
plan-skin-darker = Seen in lighter skin than this: the risk may be higher; by how much was not seen.
plan-skin-unknown = Skin type not known: the risk may be higher.
plan-other-risks = Others
plan-would-change = What would change this plan

plan-decide = What do you make of it?
plan-held = The chart holds a plan of { $date }; what is recorded now takes its place.
plan-wish = Decision
plan-adopt = Adopt as proposed
plan-edit = Adopt otherwise
plan-reject = Reject
plan-sessions = Sessions in all
plan-sessions-needed = Say how many sessions in all.
plan-interval = Days between two sessions
plan-interval-hint = At least { $days } for this patient.
plan-interval-needed = Say how many days between two sessions.
plan-reason = Reason
plan-reason-hint = A course that is not taken, or taken otherwise, keeps its reason.
plan-wish-needed = Choose what you make of the proposal.
plan-asked-for = Asked for { $place }, { $device }, treated by { $operator }.
plan-asked-otherwise = Ask for another place, device or operator
plan-changed = The proposal has changed since this page was opened. Look at it again, then decide: what you typed is kept.
plan-record = Record the decision
plan-change = If { $if }: { $then }
plan-evidence-interval = { $low } to { $high }
