# Consent: what was talked about, and the patient's own yes to each purpose.
consent-title = Consent
consent-now = Consent as it stands
consent-given = yes, since { $date }
consent-not-given = not given
consent-withdrawn-on = taken back on { $date }
consent-withdraw = Take consent back
consent-text = What consent is given to
consent-version = Version: { $version }. It is a hash of every word above, and is written down with the consent.
consent-text-changed = The text has changed since this page was opened. Read it again together, then record the consent.
consent-what = What is done
consent-what-says = Fine needles make many small holes in the skin, so that it builds new tissue in the scars.
consent-course = The course, and what to expect of it
consent-course-says =
    { $sessions ->
        [one] One session.
       *[other] { $sessions } sessions in all, at least { $days } days apart.
    }
consent-expected = About { $better } better three months after the last session; of 100 such patients, 80 lie between { $low } and { $high } percent. The chance of your goal is { $chance }. Nothing is guaranteed.
consent-no-course = No course has been adopted yet.
consent-risks = What happens, and what can go wrong
consent-you-do = What you do afterwards
consent-alternatives = What else there is
consent-nothing-is-one = Doing nothing is always one of the choices.
consent-off-label = Outside what the device is cleared for
consent-off-label-says = The following is outside the device's label in your case:
consent-free = Your decision
consent-free-says = You may say no, now and at any time, also in the middle of a session, and nobody may be cross with you.
consent-pictures-says = Pictures are a separate yes or no, each for its own purpose, and treatment does not depend on it.
consent-record-title = Record consent
consent-purposes = The patient says yes to
consent-purposes-hint = Each is a yes of its own. What is not ticked is a no.
purpose-treatment = Treatment: microneedling as described
purpose-pictures-for-care = Pictures for the chart
purpose-pictures-for-teaching = Pictures shown to colleagues who learn
purpose-pictures-for-publication = Pictures shown to the public
consent-discussion = What was discussed
consent-discussion-hint = Questions, answers, and what the patient said in their own words.
consent-signature = Signature: the patient's name, typed by the patient
consent-signature-hint = The signature only says that the talk took place.
consent-signature-needed = The patient's name is needed as a signature.
consent-drawn = The signature as it was drawn
consent-draw = Or draw it here as well; it is kept beside the typed name.
consent-draw-clear = Clear the drawing
consent-record = Record consent
consent-withdraw-what = What the patient no longer consents to
consent-withdraw-hint = It counts from today on. Nobody has to give a reason.
consent-withdraw-reason = Why, if the patient says so
consent-withdraw-record = Record that it is taken back
consent-nothing-to-withdraw = No consent stands that could be taken back.
