# Figures.
figure-median = median
figure-half = half of such patients
figure-eighty = 80 in 100
figure-ninety-five = 95 in 100
figure-goal = goal { $percent }
figure-verdict = verdict { $date }
figure-session = session
figure-session-given = session given
figure-session-planned = session planned
figure-measured-blinded = measured, blinded
figure-measured-open = measured, open
figure-measured-instrument = measured by an instrument
figure-patients-view = the patient's view
figure-weeks-since = weeks since the
figure-first-session = first session
figure-better-than-before = scar severity: better than before the first session

figure-forecast = Forecast { $course }
figure-forecast-if-suitable = If needling became suitable: forecast { $course }
figure-course = with { $sessions } sessions, one every { $weeks } weeks
figure-course-given = after { $sessions } sessions, none further planned
figure-subtitle = Patient { $patient }, consultation of { $date }; screening: { $decision }
figure-description = Forecast improvement of scar severity over time. Three months after { $sessions } sessions the median is { $median }; half of such patients lie at { $half }, 80 in 100 at { $eighty }, 95 in 100 at { $ninety-five }. The goal is { $goal }; the chance of reaching it is { $chance }.
figure-bands = Bands: where so many of such patients are forecast to lie. The optimism of open raters is taken off.
figure-suitable = suitable
figure-suitable-with-precautions = suitable with precautions
figure-cannot-decide = cannot be decided yet
figure-deferred = deferred
figure-deferred-until = deferred until { $date }
figure-not-suitable = not suitable

figure-courses = Sessions compared
figure-courses-description = Improvement three months after the last session, for courses of different lengths. { $courses }
figure-courses-of = { $sessions } sessions: median { $median }, 80 in 100 at { $eighty }, chance of the goal { $chance }.
figure-courses-note = Three months after the last session, one every { $weeks } weeks. Quiet rows: not allowed by the protocol, for comparison only.
figure-sessions =
    { $count ->
        [one] 1 session
       *[other] { $count } sessions
    }
figure-chance-of-goal = chance of goal

figure-study = study
figure-patients-sessions = patients, sessions
figure-percent-better = scar severity, percent better
figure-better-interval = % better [95 %]
figure-weight = weight
figure-worse = worse
figure-better = better
figure-next-study = the next study would lie in
figure-blinded-rater = blinded rater
figure-open-rater = open, or not said
figure-pooled-mean = pooled mean, 95 %
figure-next-study-interval = where the next study would lie, 95 %
