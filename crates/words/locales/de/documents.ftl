# Dokumente zum Mitgeben und zum Ablegen.
document-patient = { $name }, Nummer { $number }
document-born = geboren am { $date }
document-printed = Gedruckt { $moment }
document-page = Seite { $page } von { $pages }
document-watermark = VORFÜHRUNG
document-demonstration = Vorführung: Hinter dieser Akte steht niemand
document-day-not-known = noch nicht bekannt
document-fewer-than-one = weniger als 1
document-about = etwa { $count }
document-more-than-99 = mehr als 99
document-course =
    { $sessions ->
        [one] 1 Sitzung
       *[other] { $sessions } Sitzungen im Abstand von { $days } Tagen
    }
document-sources = Quellen
document-source = Quelle
document-citation = Fundstelle
document-translation = Quellen sind in ihrem eigenen Wortlaut genannt. Regeln, Risiken und Leitfaden sind unsere Übersetzung aus dem Englischen, nicht klinisch geprüft.
document-picture = { $view }, { $date }
document-when = Wann
document-then = Dann
document-if = Wenn
document-by = Von
document-day = Tag
document-number = Nr.
document-what = Was
document-event = Ereignis
document-how-common = Wie häufig
document-how-soon = Wie bald
document-what-you-do = Was Sie tun
document-not-seen = nicht gesehen

document-plan = Behandlungsplan
document-plan-of = Plan vom { $date }
document-plain-course =
    { $sessions ->
        [one] Vorgeschlagen wird eine Sitzung.
       *[other] Vorgeschlagen werden { $sessions } Sitzungen, eine alle { $weeks } Wochen.
    }
document-plain-deferred-until = Die Behandlung wartet mindestens bis zum { $date }. Was folgt, würde dann vorgeschlagen.
document-plain-deferred = Die Behandlung wartet, bis abgeklungen ist, was dagegen spricht. Was folgt, würde dann vorgeschlagen.
document-plain-chance =
    { $sessions ->
        [one] Von 100 Menschen wie Ihnen würden { $count } das Ziel von { $goal } mit einer Sitzung erreichen.
       *[other] Von 100 Menschen wie Ihnen würden { $count } das Ziel von { $goal } mit { $sessions } Sitzungen erreichen.
    }
document-plain-range = Beste Schätzung drei Monate nach der letzten Sitzung: { $median } besser. Die Hälfte solcher Menschen liegt am Ende bei { $half }, 80 von 100 bei { $eighty }.
document-plain-no-promise = Das ist eine Vorhersage und kein Versprechen. Sie ist aus veröffentlichten Studien und dem gemacht, was von Ihnen aufgezeichnet ist, und wird mit jedem Ergebnis sicherer.
document-withheld-not_suitable = Es wird nichts vorgeschlagen: Microneedling ist nicht geeignet.
document-withheld-cannot_decide = Es wird nichts vorgeschlagen: Es fehlen Antworten, ohne die niemand entscheiden kann.
document-withheld-no_forecast = Es wird nichts vorgeschlagen: Für diese Person gibt es keine Vorhersage.
document-withheld-no_interval_allowed = Es wird nichts vorgeschlagen: Kein Abstand zwischen Sitzungen ist erlaubt.
document-withheld-no_session_worth_it = Es wird nichts vorgeschlagen: Von keiner weiteren Sitzung ist genug zu erwarten.
document-withheld-goal_reached = Es wird nichts weiter vorgeschlagen: Die gegebenen Sitzungen erreichen das Ziel.
document-screening = Eignung
document-goal = Ziel
document-goal-better = { $goal } besser als { $from }.
document-goal-by = Gewünscht bis { $date }.
document-counted-today = heute
document-counted-before_first_session = vor der ersten Sitzung hier
document-why-so-many = Warum so viele
document-because-fewest = So wenige Sitzungen wie möglich, um das Ziel mit einer Chance von mindestens { $chance } zu erreichen.
document-because-little = Eine Sitzung mehr brächte weniger als { $points } Punkte, die Schwelle der Praxis.
document-because-reached = Die gegebenen Sitzungen erreichen das Ziel.
document-because-most = So viele Sitzungen, wie das Protokoll vor einer Bewertung erlaubt.
document-out-of-reach = Das Ziel ist vielleicht nicht erreichbar: Die beste Chance ist { $chance }, mit { $sessions } weiteren Sitzungen.
document-at-stake = Was auf dem Spiel steht: Mit einer Chance von { $chance } bringt die Behandlung weniger als ein Viertel.
document-adoption = Entscheidung
document-adopted = Wie vorgeschlagen angenommen am { $date } von { $name }.
document-adopted-otherwise = Anders angenommen am { $date } von { $name }: { $course }. Grund: { $reason }
document-not-adopted = Nicht angenommen am { $date } von { $name }. Grund: { $reason }
document-dates = Termine
document-not-before = Nicht vor
document-what-for = Wozu
document-session = Sitzung { $number }
document-session-for = Needling, nach den Fragen und der Untersuchung des Tages
document-after-session = nach Sitzung { $number }
document-review-within_course = Bewertung
document-review-verdict = Urteil
document-review-better_verdict = Besseres Urteil
document-review-durability = Hält es an?
document-review-for-within_course = Wirkung bisher, ob es weitergeht; zu früh, um von Misserfolg zu sprechen
document-review-for-verdict = der erste Tag für ein Urteil
document-review-for-better_verdict = der bessere Tag für ein Urteil
document-review-for-durability = ob die Besserung anhält
document-note-goal_may_be_out_of_reach = Das Ziel ist mit Needling vielleicht nicht erreichbar: Sprechen Sie über die anderen Möglichkeiten unten.
document-note-goal_needs_more_sessions = Mehr Sitzungen würden das Ziel mit der gewünschten Chance erreichen; jede brächte weniger, als die Praxis von einer verlangt.
document-note-fewer_than_trials = Weniger Sitzungen, als Studien üblicherweise gaben.
document-note-after_wanted_day = Das Urteil kommt nach dem gewünschten Tag.
document-note-first_day_not_known = Die erste Sitzung wartet, bis etwas abgeklungen ist; ihr Tag ist nicht bekannt.
document-note-longer_interval = Der längere Abstand gilt für diese Haut, oder weil dunkle Flecken nach Needling nicht ausgeschlossen wurden.
document-note-depth_withheld = Manche Zone hat keine Tiefe, bis das Fehlende aufgezeichnet ist.
document-note-shorter_intervals_not_allowed = Abstände von zwei Wochen werden nur verglichen; hier sind sie nicht erlaubt.
document-technique = Tiefen und Technik
document-zone = Zone, flachste zuerst
document-next-session = Nächste Sitzung
document-later-sessions = Später
document-between-scars = Zwischen Narben
document-limited-by = Begrenzt durch
document-no-depth = Keine Tiefe
document-limit-device_evaluated = für das Gerät bewertete Tiefe
document-limit-operator = eigene Grenze der Behandelnden
document-limit-jurisdiction = Recht des Ortes
document-limit-zone = Grenze der Zone (Setzung)
document-passes = Durchgänge
document-endpoint = Endpunkt
document-numbing = Betäubung, eines von
document-pause-and-stop = Wann die Behandlung pausiert oder endet
document-pause = Pause
document-stop = Ende
document-expect = Was zu erwarten ist
document-no-forecast = Es gibt keine Vorhersage.
document-if-suitable = Falls Needling möglich würde:
document-expect-about = Besserung der Narben, mit dem, was Menschen wie Sie darum herum erwarten können. Die Zuversicht offener Beurteilungen ist abgezogen.
document-expect-doubtful = Diese Zahlen können um mehr als ihren angegebenen Fehler abweichen: Die Berechnung war nicht verlässlich. Stützen Sie keine Entscheidung darauf.
document-extrapolation = Was dagegen spricht, die Vorhersage auf diese Person zu übertragen:
document-best-estimate = Beste Schätzung
document-half = Die Hälfte
document-eighty = 80 von 100
document-ninety-five = 95 von 100
document-chance-of-goal = Chance auf Ziel
document-after-three-months = 3 Monate nach der letzten Sitzung
document-after-six-months = 6 Monate nach der letzten Sitzung
document-rests-on-trials_alone = Die Vorhersage ruht allein auf veröffentlichten Studien: Es ist die einer durchschnittlichen Person.
document-rests-on-scar_types = Die Vorhersage ruht auf veröffentlichten Studien und den Narbentypen dieser Person.
document-rests-on-own_outcomes = Die Vorhersage ruht auf veröffentlichten Studien, den Narbentypen dieser Person und ihren Ergebnissen nach Sitzungen.
document-alternatives = Was sonst möglich ist
document-scar = Narbe (Anzahl)
document-needling = Needling
document-others = Andere Behandlungen
document-scar-ice_pick = Eispickel
document-scar-boxcar_shallow = Kastenförmig, flach
document-scar-boxcar_deep = Kastenförmig, tief
document-scar-rolling = Wellenförmig
document-scar-rolling_tethered = Wellenförmig, festgehalten
document-scar-wide_soft = Breit und weich
document-scar-hypertrophic = Hypertroph
document-scar-keloidal = Keloid
document-scar-macular = Flach, farbig
document-place-first_choice = erste Wahl
document-place-option = eine Möglichkeit
document-place-adjunct = neben einer anderen Behandlung
document-place-poor = wenig zu erwarten
document-place-not_for = nicht dafür
document-risks =
    { $sessions ->
        [one] Was schiefgehen kann, bei einer Sitzung
       *[other] Was schiefgehen kann, bei { $sessions } Sitzungen
    }
document-dark-marks = Dunkle Flecken nach Needling, irgendwann während der Behandlung: { $mean } (95 von 100: { $range }); gesehen bei { $with } von { $of } Personen.
document-skin-as_studied = Gesehen wurde es in Haut wie dieser.
document-skin-lighter = Gesehen wurde es in dunklerer Haut; das Risiko ist vermutlich kleiner, um wie viel, wurde nicht gesehen.
document-skin-darker = Gesehen wurde es in hellerer Haut; das Risiko kann größer sein, um wie viel, wurde nicht gesehen.
document-skin-not_known = Der Hauttyp ist nicht bekannt; das Risiko kann größer sein.
document-urgency-expected = gehört dazu
document-urgency-within_a_week = binnen einer Woche
document-urgency-same_day = am selben Tag
document-urgency-emergency = sofort: Notruf
document-changes = Was diesen Plan ändern würde

document-consent = Einwilligung
document-consent-of = Einwilligung vom { $date }
document-consent-form = Formular zum Unterschreiben
document-consent-free = Sie können jederzeit Nein sagen, auch mitten in einer Sitzung.
document-consent-withdraw = Jede Zeile unten ist ein eigenes Ja oder Nein. Jedes Ja kann ohne Grund und ohne Nachteil zurückgenommen werden.
document-version-read = Gelesener Text
document-version-printed = Abgedruckter Text
document-version-differs = Der gelesene Text lässt sich nicht noch einmal drucken: Regeln, Programm oder Sprache sind inzwischen andere. Unten steht, was heute zu lesen wäre.
document-purposes = Wofür die Einwilligung gilt
document-purpose-treatment = Microneedling meiner Aknenarben, wie es mit mir besprochen wurde.
document-purpose-pictures_for_care = Bilder meiner Haut für meine Akte, gesehen von denen, die mich behandeln.
document-purpose-pictures_for_teaching = Bilder meiner Haut, die Lernenden gezeigt werden.
document-purpose-pictures_for_publication = Bilder meiner Haut, die öffentlich gezeigt werden.
document-given = Ja, gegeben am { $date }
document-not-given = Nein
document-withdrawn = Zurückgenommen am { $date }
document-to-tick = Für Ja ankreuzen
document-discussed = Was besprochen wurde
document-discussed-hint = In den eigenen Worten der behandelten Person: was getan wird, was schiefgehen kann, was es sonst gibt, was gefragt wurde.
document-nothing-recorded = Es wurde nichts aufgezeichnet.
document-signatures = Unterschriften
document-practitioner = Behandelnde Person
document-signs-patient = { $name } · { $day }
document-signs-practitioner = { $name }, hat aufgeklärt · { $day }
document-signature-of = Unterschrift von { $name }
document-signed-typed = getippt: { $name }
document-consent-text = Der Text

document-aftercare = Nachsorge
document-after-session-of = Sitzung vom { $date }
document-aftercare-first = In den ersten 24 Stunden: nur das Gel, das Sie bekommen haben.
document-aftercare-call = Wenn Sie etwas beunruhigt, rufen Sie uns an. Lieber einmal zu oft als einmal zu spät. Wenn Sie uns nicht erreichen und sich ernsthaft krank fühlen, rufen Sie den Notruf.
document-timeline = Stunde für Stunde, Tag für Tag
document-hours = Stunde { $from } bis { $to }
document-days = Tag { $from } bis { $to }
document-on-day = Tag { $day }
document-when-to-call = Wann Sie anrufen
document-you-notice = Was Sie bemerken
document-we-look = Wann wir Ihre Haut ansehen
document-we-look-at = Was wir ansehen

document-progress = Verlaufsbericht
document-progress-of = Stand { $date }
document-no-review = Es gibt noch nichts zu bewerten: Es wurde keine Sitzung gegeben.
document-verdict-too_early_to_say = Es ist zu früh für ein Urteil.
document-verdict-on_course = Die Narben bessern sich wie vorhergesagt.
document-verdict-better_than_expected = Die Narben bessern sich mehr als vorhergesagt.
document-verdict-slower = Die Narben bessern sich langsamer als vorhergesagt.
document-verdict-not_responding = Die Narben sprechen nicht an.
document-advice-continue = Rat: weitermachen.
document-advice-wait_for_verdict = Rat: den Tag des Urteils abwarten.
document-advice-stop = Rat: aufhören.
document-advice-switch = Rat: aufhören und über eine andere Behandlung sprechen.
document-review-chances =
    { $sessions ->
        [0] Von 100 Menschen wie Ihnen haben { $now } das Ziel von { $goal } mit den gegebenen Sitzungen erreicht; keine weitere ist erlaubt.
        [one] Von 100 Menschen wie Ihnen erreichen { $now } das Ziel von { $goal }, wenn sie jetzt aufhören, und { $all } mit einer weiteren Sitzung.
       *[other] Von 100 Menschen wie Ihnen erreichen { $now } das Ziel von { $goal }, wenn sie jetzt aufhören, und { $all } mit bis zu { $sessions } weiteren Sitzungen.
    }
document-decided = Entschieden am { $date } von { $name }: { $decided }.
document-decided-continue = weitermachen
document-decided-wait = den Tag des Urteils abwarten
document-decided-stop = aufhören
document-decided-switch = aufhören und eine andere Behandlung anbieten
document-reasons = Warum
document-outcomes = Ergebnisse gegen die Vorhersage
document-scale = Skala
document-observed = Beobachtet
document-forecast = Vorhersage
document-at-or-above = Besser als
document-at-or-above-means = Besser als: der Teil der Vorhersage vor der Behandlung, den dieses Ergebnis erreicht oder übertrifft. Etwa 50 % ist wie vorhergesagt.
document-scale-goodman_baron_quantitative = Goodman-Baron-Wert
document-scale-goodman_baron_qualitative = Goodman-Baron-Grad
document-scale-ecca = ECCA
document-scale-improvement_percent = Besserung in Prozent
document-scale-improvement_quartile = Viertel der Besserung
document-scale-dlqi = DLQI
document-scale-scar_q = SCAR-Q
document-scale-face_q = FACE-Q
document-scale-fasqol = FASQoL
document-scale-worry = Wie belastet
document-scale-scar_volume_mm3 = Narbenvolumen, mm³
document-scale-scar_area_mm2 = Narbenfläche, mm²
document-scale-scar_depth_mm = Mittlere Narbentiefe, mm
document-scale-scar_count = Narben, gemessen
document-scale-redness_difference = Rötung, Narben minus Haut, a*
document-scale-pigment_difference = Pigment, Haut minus Narben, L*
document-scale-ita_degrees = Hautfarbe, ITA in Grad
document-sessions-given = Gegebene Sitzungen
document-none-given = Noch keine.
document-zones = Zonen und Tiefen
document-pictures = Vorher und nachher
document-view-front = Von vorn
document-view-left_oblique = Linke Wange, halb gedreht
document-view-right_oblique = Rechte Wange, halb gedreht
document-view-left_profile = Linke Seite
document-view-right_profile = Rechte Seite
document-view-close_up = Nahaufnahme

document-chart = Akte
document-entries =
    { $count ->
        [one] 1 Eintrag
       *[other] { $count } Einträge
    }
document-chain-end = Ende der Kette von Prüfsummen
document-chain-about = Die Prüfsumme umfasst jeden Eintrag mit seinem Verfasser, seiner Zeit und seinem Platz: Jede Änderung daran ergibt eine andere. „resurface verify“ berechnet sie neu.
document-every-entry = Jeder Eintrag
document-entry = Eintrag
document-about-day = Betrifft
document-written = Geschrieben
document-entry-written = Betrifft { $day }; geschrieben { $moment } von { $name }
document-entry-struck-out = Gestrichen durch Eintrag { $seq }: { $reason }
document-entry-corrected = Berichtigt durch Eintrag { $seq }: { $reason }
document-entry-amends = Er betrifft Eintrag { $seq } ({ $kind }).
document-kind-registered = Akte angelegt
document-kind-intake = Vorgeschichte und Wünsche
document-kind-examined = Untersuchung
document-kind-screened = Prüfung der Eignung
document-kind-plan_adopted = Plan
document-kind-consented = Einwilligung
document-kind-consent_withdrawn = Einwilligung zurückgenommen
document-kind-session_gated = Freigabe am Behandlungstag
document-kind-session_delivered = Sitzung
document-kind-adverse_event = Unerwünschtes Ereignis
document-kind-adverse_event_followed = Unerwünschtes Ereignis, weiterverfolgt
document-kind-picture_taken = Bild
document-kind-scan_taken = Scan
document-kind-measured = Ergebnis
document-kind-reviewed = Bewertung
document-kind-message = Nachricht
document-kind-amended = Berichtigung
document-not-covered = nicht abdecken
document-prescriber-only = nur ärztlich
