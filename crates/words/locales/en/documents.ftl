# Documents to hand out and to file.
document-patient = { $name }, number { $number }
document-born = born { $date }
document-printed = Printed { $moment }
document-page = Page { $page } of { $pages }
document-watermark = DEMONSTRATION
document-demonstration = Demonstration: nobody is behind this chart
document-day-not-known = not known yet
document-fewer-than-one = fewer than 1
document-about = about { $count }
document-more-than-99 = more than 99
document-course =
    { $sessions ->
        [one] 1 session
       *[other] { $sessions } sessions, { $days } days apart
    }
document-sources = Sources
document-source = Source
document-citation = Citation
document-translation = Sources are cited in their own words.
document-picture = { $view }, { $date }
document-when = When
document-then = Then
document-if = If
document-by = By
document-day = Day
document-number = No.
document-what = What
document-event = Event
document-how-common = How common
document-how-soon = How soon
document-what-you-do = What you do
document-not-seen = not seen

document-plan = Treatment plan
document-plan-of = plan of { $date }
document-plain-course =
    { $sessions ->
        [one] One session is proposed.
       *[other] { $sessions } sessions are proposed, one every { $weeks } weeks.
    }
document-plain-deferred-until = Treatment waits until { $date } at least. What follows would be proposed then.
document-plain-deferred = Treatment waits until what stands against it has cleared. What follows would be proposed then.
document-plain-chance =
    { $sessions ->
        [one] Of 100 people like you, { $count } would reach the goal of { $goal } with one session.
       *[other] Of 100 people like you, { $count } would reach the goal of { $goal } with { $sessions } sessions.
    }
document-plain-range = Best estimate three months after the last session: { $median } better. Half of such people end at { $half }, 80 in 100 at { $eighty }.
document-plain-no-promise = This is a forecast, not a promise. It is made from published trials and what was recorded of you, and it becomes more certain with every outcome.
document-withheld-not_suitable = Nothing is proposed: microneedling is not suitable.
document-withheld-cannot_decide = Nothing is proposed: answers are missing without which nobody can say.
document-withheld-no_forecast = Nothing is proposed: there is no forecast for this patient.
document-withheld-no_interval_allowed = Nothing is proposed: no interval between sessions is allowed.
document-withheld-no_session_worth_it = Nothing is proposed: no further session is expected to add enough.
document-withheld-goal_reached = Nothing further is proposed: the sessions given reach the goal.
document-screening = Suitability
document-goal = Goal
document-goal-better = { $goal } better than { $from }.
document-goal-by = Wanted by { $date }.
document-counted-today = today
document-counted-before_first_session = before the first session here
document-why-so-many = Why this many
document-because-fewest = The fewest sessions that reach the goal with a chance of at least { $chance }.
document-because-little = One session more would add less than { $points } points, the clinic's threshold.
document-because-reached = The sessions given reach the goal.
document-because-most = The most sessions that the protocol allows before a review decides.
document-out-of-reach = The goal may be out of reach: the best chance is { $chance }, with { $sessions } further sessions.
document-at-stake = At stake: with a chance of { $chance } the course brings less than a quarter.
document-adoption = Decision
document-adopted = Adopted as proposed on { $date } by { $name }.
document-adopted-otherwise = Taken otherwise on { $date } by { $name }: { $course }. Reason: { $reason }
document-not-adopted = Not adopted on { $date } by { $name }. Reason: { $reason }
document-dates = Dates
document-not-before = Not before
document-what-for = What for
document-session = Session { $number }
document-session-for = needling, after the questions and the examination of the day
document-after-session = after session { $number }
document-review-within_course = Review
document-review-verdict = Verdict
document-review-better_verdict = Better verdict
document-review-durability = Does it last?
document-review-for-within_course = effects so far, whether to go on; too early to call it a failure
document-review-for-verdict = first day on which a verdict is given
document-review-for-better_verdict = the better day for a verdict
document-review-for-durability = whether the improvement lasts
document-note-goal_may_be_out_of_reach = The goal may be out of reach of needling: speak of the other options below.
document-note-goal_needs_more_sessions = More sessions would reach the goal with the chance wanted, each adding less than the clinic asks of one.
document-note-fewer_than_trials = Fewer sessions than trials usually gave.
document-note-after_wanted_day = The verdict comes after the day by which the patient wants it.
document-note-first_day_not_known = The first session waits for a state; its day is not known.
document-note-longer_interval = The longer interval holds for this skin, or because darker marks after needling were not ruled out.
document-note-depth_withheld = Some zone has no depth until what is missing is recorded.
document-note-shorter_intervals_not_allowed = Two-week intervals are compared only; they are not allowed here.
document-technique = Depths and technique
document-zone = Zone, shallowest first
document-next-session = Next session
document-later-sessions = Later
document-between-scars = Between scars
document-limited-by = Limited by
document-no-depth = No depth
document-limit-device_evaluated = depth evaluated for the device
document-limit-operator = the operator's own limit
document-limit-jurisdiction = the law of the place
document-limit-zone = the zone's cap (expert setting)
document-passes = Passes
document-endpoint = Endpoint
document-numbing = Numbing, one of
document-pause-and-stop = When the course pauses or ends
document-pause = Pause
document-stop = End
document-expect = What to expect
document-no-forecast = There is no forecast.
document-if-suitable = If needling became suitable:
document-expect-about = Improvement of scar severity, with what people like you may expect around it. The optimism of open ratings is taken off.
document-expect-doubtful = These numbers may be off by more than their stated error: the computation was not sound. Do not rest a decision on them.
document-extrapolation = What speaks against stretching the forecast to this patient:
document-best-estimate = Best estimate
document-half = Half of people
document-eighty = 80 in 100
document-ninety-five = 95 in 100
document-chance-of-goal = Chance of goal
document-after-three-months = 3 months after the last session
document-after-six-months = 6 months after the last session
document-rests-on-trials_alone = The forecast rests on published trials alone: it is that of an average patient.
document-rests-on-scar_types = The forecast rests on published trials and this patient's scar types.
document-rests-on-own_outcomes = The forecast rests on published trials, this patient's scar types and outcomes after sessions given.
document-alternatives = What else could be done
document-scar = Scar (count)
document-needling = Needling
document-others = Other treatments
document-scar-ice_pick = Ice pick
document-scar-boxcar_shallow = Boxcar, shallow
document-scar-boxcar_deep = Boxcar, deep
document-scar-rolling = Rolling
document-scar-rolling_tethered = Rolling, tethered
document-scar-wide_soft = Wide and soft
document-scar-hypertrophic = Hypertrophic
document-scar-keloidal = Keloidal
document-scar-macular = Flat, coloured
document-place-first_choice = first choice
document-place-option = an option
document-place-adjunct = beside another treatment
document-place-poor = little to be expected
document-place-not_for = not for this
document-risks =
    { $sessions ->
        [one] What could go wrong, over one session
       *[other] What could go wrong, over { $sessions } sessions
    }
document-dark-marks = Dark marks after needling at any time in the course: { $mean } (95 in 100: { $range }); seen in { $with } of { $of } patients.
document-skin-as_studied = It was seen in skin like this.
document-skin-lighter = It was seen in darker skin than this; the risk is expected to be lower, by how much was not seen.
document-skin-darker = It was seen in lighter skin than this; the risk may be higher, by how much was not seen.
document-skin-not_known = The skin type is not known; the risk may be higher.
document-urgency-expected = belongs to it
document-urgency-within_a_week = within a week
document-urgency-same_day = the same day
document-urgency-emergency = at once: emergency number
document-changes = What would change this plan

document-consent = Consent
document-consent-of = consent of { $date }
document-consent-form = form to be signed
document-consent-free = You can say no at any time, also in the middle of a session.
document-consent-withdraw = Each line below is a yes or no of its own, and each can be taken back without a reason and without a disadvantage.
document-version-read = Text that was read
document-version-printed = Text printed here
document-version-differs = The text that was read cannot be printed again: the rules, the program or the language are others by now. What stands below is as it would be read today.
document-purposes = What the consent is for
document-purpose-treatment = Microneedling of my acne scars, as it was discussed with me.
document-purpose-pictures_for_care = Pictures of my skin for my chart, seen by those who treat me.
document-purpose-pictures_for_teaching = Pictures of my skin shown to colleagues who learn.
document-purpose-pictures_for_publication = Pictures of my skin shown to the public.
document-given = Yes, given on { $date }
document-not-given = No
document-withdrawn = Taken back on { $date }
document-to-tick = Tick for yes
document-discussed = What was discussed
document-discussed-hint = In the patient's own words: what will be done, what could go wrong, what else there is, what was asked.
document-nothing-recorded = Nothing was recorded.
document-signatures = Signatures
document-practitioner = practitioner
document-signs-patient = { $name } · { $day }
document-signs-practitioner = { $name }, who had the talk · { $day }
document-signature-of = Signature of { $name }
document-signed-typed = typed: { $name }
document-consent-text = The text

document-aftercare = After-care
document-after-session-of = session of { $date }
document-aftercare-first = For the first 24 hours: only the gel that you were given.
document-aftercare-call = If something worries you, call us. Better once too often than once too late. If you cannot reach us and feel seriously ill, call the emergency number.
document-timeline = Hour by hour, day by day
document-hours = Hours { $from } to { $to }
document-days = Days { $from } to { $to }
document-on-day = On day { $day }
document-when-to-call = When to call
document-you-notice = What you notice
document-we-look = When we look at your skin
document-we-look-at = What we look at

document-progress = Progress report
document-progress-of = as of { $date }
document-no-review = There is nothing to review yet: no session was given.
document-verdict-too_early_to_say = It is too early to say.
document-verdict-on_course = The scars improve as was forecast.
document-verdict-better_than_expected = The scars improve more than was forecast.
document-verdict-slower = The scars improve more slowly than was forecast.
document-verdict-not_responding = The scars do not respond.
document-advice-continue = Advice: go on with the course.
document-advice-wait_for_verdict = Advice: wait for the day of the verdict.
document-advice-stop = Advice: stop.
document-advice-switch = Advice: stop, and speak of another treatment.
document-review-chances =
    { $sessions ->
        [0] Of 100 people like you, { $now } have reached the goal of { $goal } with the sessions given; none further is allowed.
        [one] Of 100 people like you, { $now } reach the goal of { $goal } when they stop now, and { $all } with one more session.
       *[other] Of 100 people like you, { $now } reach the goal of { $goal } when they stop now, and { $all } with up to { $sessions } more sessions.
    }
document-decided = Decided on { $date } by { $name }: { $decided }.
document-decided-continue = go on
document-decided-wait = wait for the day of the verdict
document-decided-stop = stop
document-decided-switch = stop, and offer another treatment
document-reasons = Why
document-outcomes = Outcomes against the forecast
document-scale = Scale
document-observed = Observed
document-forecast = Forecast
document-at-or-above = Better than
document-at-or-above-means = Better than: the part of what was forecast before treatment that this outcome reaches or surpasses. About 50 % is as forecast.
document-scale-goodman_baron_quantitative = Goodman-Baron score
document-scale-goodman_baron_qualitative = Goodman-Baron grade
document-scale-ecca = ECCA
document-scale-improvement_percent = Improvement in percent
document-scale-improvement_quartile = Quartile of improvement
document-scale-dlqi = DLQI
document-scale-scar_q = SCAR-Q
document-scale-face_q = FACE-Q
document-scale-fasqol = FASQoL
document-scale-worry = How bothered
document-scale-scar_volume_mm3 = Scar volume, mm³
document-scale-scar_area_mm2 = Scar area, mm²
document-scale-scar_depth_mm = Mean scar depth, mm
document-scale-scar_count = Scars, measured
document-scale-redness_difference = Redness, scars minus skin, a*
document-scale-pigment_difference = Pigment, skin minus scars, L*
document-scale-ita_degrees = Skin colour, ITA in degrees
document-sessions-given = Sessions given
document-none-given = None yet.
document-zones = Zones and depths
document-pictures = Before and after
document-view-front = Front
document-view-left_oblique = Left cheek, half turned
document-view-right_oblique = Right cheek, half turned
document-view-left_profile = Left side
document-view-right_profile = Right side
document-view-close_up = Close-up

document-chart = Chart
document-entries =
    { $count ->
        [one] 1 entry
       *[other] { $count } entries
    }
document-chain-end = End of the chain of hashes
document-chain-about = The hash covers every entry with its author, its time and its place: any change to any of them gives another one. “resurface verify” computes it anew.
document-every-entry = Every entry
document-entry = Entry
document-about-day = About
document-written = Written
document-entry-written = About { $day }; written { $moment } by { $name }
document-entry-struck-out = Struck out by entry { $seq }: { $reason }
document-entry-corrected = Corrected by entry { $seq }: { $reason }
document-entry-amends = It is about entry { $seq } ({ $kind }).
document-kind-registered = Chart opened
document-kind-intake = History and wishes
document-kind-examined = Examination
document-kind-screened = Screening
document-kind-plan_adopted = Plan
document-kind-consented = Consent
document-kind-consent_withdrawn = Consent taken back
document-kind-session_gated = Gate of the treatment day
document-kind-session_delivered = Session
document-kind-adverse_event = Adverse event
document-kind-adverse_event_followed = Adverse event, followed up
document-kind-picture_taken = Picture
document-kind-scan_taken = Scan
document-kind-measured = Outcome
document-kind-reviewed = Review
document-kind-message = Message
document-kind-amended = Correction
document-not-covered = not covered
document-prescriber-only = prescriber only
