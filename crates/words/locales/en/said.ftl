# What the program says in sentences that it makes.

said-as-it-stands = { $text }
said-all-of = { $text }

# The device and the place.
said-device-not-known = The device “{ $id }” is not among those known here.
said-radiofrequency = { $device } heats the skin: radiofrequency needling is another device class with warnings of its own, and these rules do not plan it.
said-outside-indication = Facial acne scars are not among the indications of { $device }: its use would be off-label, which the consent has to say.
said-label-not-read = The label of { $device } was not read here, so nobody can say what it forbids: read it, and describe the device in devices.toml, before a decision.
said-place-not-known = The place “{ $id }” is not among those known here.

# What exactly was found.
said-not-answered = not answered: { $field }
said-age = aged { $years }, under { $minimum }
said-acne = IGA { $iga }
said-acne-pustules = IGA { $iga }, pustules or nodules in the area
said-acne-not-examined = IGA not examined
said-acne-not-examined-pustules = IGA not examined, pustules or nodules in the area
said-skin-type = Fitzpatrick type { $type }
said-skin-type-left-out = Fitzpatrick type { $type }, which this device's label leaves out: choose another device
said-scar-age = youngest scar { $months } months old, under { $under }
said-scars-among = { $count } of { $among } atrophic scars
said-zone = zone { $zone }
said-interval = last session { $last }, at least { $days } days between
said-not-trained = not trained in microneedling
said-training-until = training counted until { $date }
said-deeper-than-operator = { $planned } planned, this operator may set { $most } at most
said-no-permission = the premises do not hold the permission that this place asks for at { $planned }
said-cartridge-used = the cartridge was used before
said-cartridge-not-sterile = its sterile packing is not intact
said-cartridge-expired = it was to be used by { $date }
said-cartridge-no-lot = its lot number is not recorded

# The anaesthetic.
said-no-such-product = this product is not in the protocol
said-product-not-used = strong creams made to order are not used before needling
said-prescriber-only = only a prescriber uses this product
said-no-largest-dose = its largest dose is not known, so no dose can be called safe
said-too-much = { $planned } g planned, { $most } g at most
said-too-large = { $planned } cm² planned, { $most } cm² at most
said-too-long = { $planned } minutes planned, { $most } at most
said-not-to-be-covered = it must not be covered
said-excluded = this patient must not have this product

# Checks of the treatment day.
said-in-order = in order
said-nothing-prepared = no treatment day is described
said-not-consented = the patient has not consented to this session
said-consent-dated-later = the consent is dated { $date }, after this day
said-consent-too-old = the consent of { $date } is older than { $days } days: talk it through again and renew it
said-consented = consent of { $date }
said-zone-not-known = the protocol has no such zone
said-depth-within-limits = { $planned }, within every limit
said-evaluated-depth-not-known = nobody knows to which depth this device was evaluated: read its label and add it to the devices
said-deeper-than-evaluated = { $planned } planned, the device was evaluated to { $evaluated }
said-cap-not-known = no depth is known to be safe in this zone
said-on-scars-only = { $planned } on the scars alone, { $cap } on the skin between them
said-above-cap-by-prescriber = { $planned } is above the cap of { $cap }: the prescriber who treats answers for it
said-above-cap = { $planned } planned, { $cap } at most unless a prescriber treats
said-deeper-than-proposed = { $planned } is deeper than the { $proposed } to begin with: a first session, and skin that darkens, take a step off
said-site-off-label = this site is outside the device's label: treatment here is off-label

# Why a zone has no depth.
said-zone-not-in-protocol = this zone is not in protocol.toml
said-zone-not-needled = this zone is not needled
said-no-depth-left = the limits leave no depth at all
said-device-not-listed = the device is not in devices.toml
said-device-heats = { $device } heats: these rules plan needles without current only
said-evaluated-depth-of-device = the depth evaluated for the label of { $device } is not known
said-operator-limit-not-recorded = the operator's depth limit is not recorded
said-law-not-read = the law of this place was not read: record whether the premises hold the permission it asks for
said-no-cap = no depth cap is set for this zone

# What has to come first, or is not allowed.
said-not-registered = the chart does not say whom it is about: register the patient first
said-no-intake = history and wishes were not asked yet: record an intake first
said-not-examined = the skin was not examined yet: record an examination first
said-asked-earlier = the questions were last asked on { $last }: ask them again on { $on }, as what is true of a patient can change from one day to the next
said-examined-earlier = the skin was last examined on { $last }: examine it again on { $on }, before a needle touches it
said-examined-before-session = the skin was last examined on { $last }, before the last session had its effect (given on { $session }): examine it again first
said-nothing-to-review = there is nothing to review before the first session: plan first
said-earlier = the chart already holds facts of { $later }, after { $on }: ask for { $later } or a later day, or amend the entry whose day is wrong
said-nothing-proposed = there is no proposal to adopt: { $why }
said-course-not-allowed = this course is not allowed: { $why }
said-no-reason = say why: a course that is not taken, or taken otherwise, keeps its reason
said-interval-not-allowed = sessions are { $shortest } to { $longest } days apart for this patient, and not { $days }
said-sessions-not-allowed = { $fewest } to { $most } sessions in all can be planned for this patient, and not { $sessions }
said-no-forecast = no forecast can be made for this patient
said-no-interval = no interval between sessions is allowed for this patient
said-no-session-worth-it = no further session is expected to add what the clinic asks of one
said-goal-reached = the goal is reached with the chance wanted
said-screening-says = screening does not permit it

# Why to speak of something other than needling.
said-found-ice-picks = { $share } of the atrophic scars are ice picks
said-found-deep-boxcars = { $share } of the atrophic scars are deep boxcars
said-found-tethered = { $count ->
    [one] 1 rolling scar is tethered: subcision first
   *[other] { $count } rolling scars are tethered: subcision first
}
said-found-tethering-open = { $count ->
    [one] whether 1 rolling scar is tethered was not answered
   *[other] whether { $count } rolling scars are tethered was not answered
}
said-found-raised = hypertrophic or keloidal scars are present
said-found-colour-only = colour only, no contour
said-found-acne = acne is active
said-found-acne-open = active acne was not examined in full
said-found-hope = an improvement of { $wish } % is hoped for
said-found-one-course = the goal may be out of reach of needling, and the skin is type I to III

# What would change a plan: if …
said-if-tethering-known = it were known whether the rolling scars are tethered
said-if-answered = { $count ->
    [one] 1 open safety question were answered ({ $ids })
   *[other] { $count } open safety questions were answered ({ $ids })
}
said-if-goal = the goal were { $largest } % instead of { $goal } %
said-if-goal-larger = the goal were as much as { $largest } %
said-if-chance-enough = a chance of { $other } were enough, instead of { $wanted }
said-if-skin-known = the skin were known to be type I to IV
said-if-marks-ruled-out = darker marks after needling were ruled out
said-if-ice-picks = the scars were counted and 8 in 10 were ice picks
said-if-rolling = the scars were counted and 8 in 10 were rolling scars
said-if-blinded = a blinded rater judged the photographs three months after session { $session }
said-if-counted = the Goodman-Baron count table were filled in today and again at that review
said-if-settled = this were settled: { $what }

# … then
said-then-subcision = if they are, subcision comes before needling
said-then-screening = screening could decide; until then nothing is proposed
said-then-would-reach = { $sessions ->
    [one] 1 session would reach it with a chance of { $chance }
   *[other] { $sessions } sessions would reach it with a chance of { $chance }
}
said-then-still-reach = { $sessions ->
    [one] the longest course allowed, 1 session, would still reach it with a chance of { $chance }
   *[other] the longest course allowed, { $sessions } sessions, would still reach it with a chance of { $chance }
}
said-then-need = { $sessions ->
    [one] the goal would need 1 session
   *[other] the goal would need { $sessions } sessions
}
said-then-out-of-reach = the goal would still be out of reach: the best chance is { $chance }
said-then-course = { $sessions ->
    [one] the course would be 1 session every { $weeks } weeks, instead of { $instead } every { $instead-weeks } weeks
   *[other] the course would be { $sessions } sessions every { $weeks } weeks, instead of { $instead } every { $instead-weeks } weeks
}
said-then-bring = the same course would be expected to bring { $better } and reach the goal with a chance of { $chance }
said-then-narrow = the four-fifths interval of this course would narrow from { $from } to about { $to } points wide
said-then-depths = the zones without a depth could be planned, where they may be needled at all

# Reviews.
said-review-within-course = before session { $session }: effects so far, pigment, whether to go on; too early to call it a failure
said-latest-outcome = the latest outcome, of { $date }, is at or above { $share } of what was forecast before treatment
said-plateau = Goodman-Baron grade { $before } before and { $after } after { $sessions } sessions, looked at late enough
said-no-failure-before = failure is not called before { $date }, { $days } days after the last session
said-chance-stopping-now = chance of the goal { $chance } if treatment stopped now
said-chance-with-all = { $sessions ->
    [one] chance of the goal { $chance } with the 1 further session that is allowed
   *[other] chance of the goal { $chance } with all { $sessions } further sessions that are allowed
}
said-next-adds = the next session is expected to add { $points } points of improvement; the clinic asks for { $asked }
said-screening-does-not-permit = screening does not permit a session now

# What is left out of a forecast, and what speaks against one.
left-out-grade_not_calibrated = a qualitative grade cannot inform the forecast: nothing seen calibrates grades against severity
left-out-not_severity = says how the patient feels, not how severe the scars are
left-out-before_first_session = an improvement before the first session here is not an effect of needling here
left-out-derived_score = derived from zone counts by our own mapping; a score given on the scale itself would be used
left-out-same_day = the same scale was measured on the same day
left-out-off_the_scale = the value is off the scale that the forecast knows
left-out-more_than_a_year_after = measured more than 52 weeks after the last session; how long improvement lasts is not known
left-out-long_before_first_session = measured more than ten years before the first session
left-out-too_many_outcomes = the forecast takes no more outcomes
left-out-not_related_to_severity = no trial relates what was measured to severity: it is shown beside the forecast
left-out-error_not_known = a measured number without its error cannot be weighed against the forecast
extrapolation-no_atrophic_scars = no atrophic scar is counted, and the forecast is about atrophic scars only
extrapolation-other_treatment_during_course = another treatment was given after the first session here, so what did what cannot be told
extrapolation-longer_than_evidence = more sessions were given, or over more years, than any course the evidence covers
extrapolation-scar_types_not_counted = scars are not counted by type, so an average mix of types is assumed
extrapolation-mostly_ice_pick = ice picks are the main type: trials with mixed scars say little about them, one saw them change by 5.9 % (E6) where boxcars changed by 47.1 %, and the forecast is probably too hopeful: do not promise it
extrapolation-outcome_after_a_year = an outcome was measured more than a year after the last session; how long improvement lasts is not known
extrapolation-interval_outside_evidence = sessions were nearer than one week or further apart than twelve

# Decisions of a prescriber.
override-stands = stands
override-not_needed = not needed: the rule did not count
override-refused_no_such_rule = refused: there is no such rule
override-refused_absolute = refused: nobody may decide otherwise on an absolute contraindication
override-refused_nobody_may = refused: this rule leaves nothing to a prescriber
override-refused_no_name_or_reason = refused: it needs the prescriber's name and a reason
override-refused_not_a_prescriber = refused: the operator named is not a prescriber
override-refused_dated_later = refused: it is dated after the consultation
override-refused_dated_before_the_event = refused: it was decided before the event that it is about: decide again
override-refused_too_old = refused: it is older than decisions stay valid (override_valid_days): decide again

# Unanswered questions.
unanswered-precaution = Answer it, or answer yes and take the precaution.
unanswered-waits = Answer it: until then treatment waits.

# What labels say, and how strong the evidence is.
label-contraindication = contraindication
label-precaution = precaution
label-not_evaluated = not evaluated: treatment is off-label
label-outside_indication = outside the cleared indication: treatment is off-label
label-not_on_the_text_seen = not on the text that was seen
evidence-A = regulator, device label or law
evidence-B = systematic review, consensus or guideline
evidence-C = trial or cohort, possibly of another procedure
evidence-D = case reports
evidence-E = expert opinion
evidence-F = marketing or consent pages only
