# Was das Programm in Sätzen sagt, die es selbst bildet.

said-as-it-stands = { $text }
said-all-of = { $text }

# Gerät und Ort.
said-device-not-known = Das Gerät „{ $id }“ ist hier nicht bekannt.
said-radiofrequency = { $device } erhitzt die Haut: Radiofrequenz-Needling ist eine andere Geräteklasse mit eigenen Warnungen, und diese Regeln planen es nicht.
said-outside-indication = Aknenarben des Gesichts gehören nicht zu den Indikationen von { $device }: Die Anwendung wäre Off-Label-Use, was die Einwilligung sagen muss.
said-label-not-read = Die Gebrauchsanweisung von { $device } wurde hier nicht gelesen, also kann niemand sagen, was sie verbietet: Lesen Sie sie und beschreiben Sie das Gerät in devices.toml, bevor entschieden wird.
said-place-not-known = Der Ort „{ $id }“ ist hier nicht bekannt.

# Was genau gefunden wurde.
said-not-answered = nicht beantwortet: { $field }
said-age = { $years } Jahre alt, unter { $minimum }
said-acne = IGA { $iga }
said-acne-pustules = IGA { $iga }, Pusteln oder Knoten im Gebiet
said-acne-not-examined = IGA nicht erhoben
said-acne-not-examined-pustules = IGA nicht erhoben, Pusteln oder Knoten im Gebiet
said-skin-type = Fitzpatrick-Typ { $type }
said-skin-type-left-out = Fitzpatrick-Typ { $type }, den die Gebrauchsanweisung dieses Geräts nicht umfasst: Wählen Sie ein anderes Gerät
said-scar-age = jüngste Narbe { $months } Monate alt, unter { $under }
said-scars-among = { $count } von { $among } atrophen Narben
said-zone = Zone { $zone }
said-interval = letzte Sitzung { $last }, mindestens { $days } Tage Abstand
said-not-trained = nicht in Microneedling geschult
said-training-until = Schulung galt bis { $date }
said-deeper-than-operator = { $planned } geplant, diese Person darf höchstens { $most } einstellen
said-no-permission = die Räume haben nicht die Zulassung, die dieser Ort bei { $planned } verlangt
said-cartridge-used = die Kartusche wurde schon benutzt
said-cartridge-not-sterile = ihre sterile Verpackung ist nicht unversehrt
said-cartridge-expired = sie war bis { $date } zu verwenden
said-cartridge-no-lot = ihre Chargennummer ist nicht festgehalten

# Die Betäubung.
said-no-such-product = dieses Produkt steht nicht im Protokoll
said-product-not-used = starke Rezepturcremes werden vor dem Needling nicht verwendet
said-prescriber-only = dieses Produkt wird nur ärztlich angewandt
said-no-largest-dose = seine größte Dosis ist nicht bekannt, also kann keine Dosis sicher genannt werden
said-too-much = { $planned } g geplant, höchstens { $most } g
said-too-large = { $planned } cm² geplant, höchstens { $most } cm²
said-too-long = { $planned } Minuten geplant, höchstens { $most }
said-not-to-be-covered = es darf nicht abgedeckt werden
said-excluded = diese Person darf dieses Produkt nicht bekommen

# Prüfungen des Behandlungstags.
said-in-order = in Ordnung
said-nothing-prepared = es ist kein Behandlungstag beschrieben
said-not-consented = für diese Sitzung fehlt die Einwilligung
said-consent-dated-later = die Einwilligung trägt das Datum { $date }, nach diesem Tag
said-consent-too-old = die Einwilligung vom { $date } ist älter als { $days } Tage: Sprechen Sie alles erneut durch und erneuern Sie sie
said-consented = Einwilligung vom { $date }
said-zone-not-known = das Protokoll kennt diese Zone nicht
said-depth-within-limits = { $planned }, innerhalb aller Grenzen
said-evaluated-depth-not-known = niemand weiß, bis zu welcher Tiefe dieses Gerät untersucht wurde: Lesen Sie die Gebrauchsanweisung und tragen Sie es bei den Geräten ein
said-deeper-than-evaluated = { $planned } geplant, das Gerät wurde bis { $evaluated } untersucht
said-cap-not-known = für diese Zone ist keine sichere Tiefe bekannt
said-on-scars-only = { $planned } nur auf den Narben, { $cap } auf der Haut dazwischen
said-above-cap-by-prescriber = { $planned } liegt über der Grenze von { $cap }: Wer ärztlich behandelt, verantwortet es
said-above-cap = { $planned } geplant, höchstens { $cap }, außer bei ärztlicher Behandlung
said-deeper-than-proposed = { $planned } ist tiefer als die { $proposed } für den Anfang: Eine erste Sitzung und Haut, die dunkel wird, nehmen eine Stufe weg
said-site-off-label = dieses Gebiet liegt außerhalb der Gebrauchsanweisung des Geräts: Behandlung hier ist Off-Label-Use

# Warum eine Zone keine Tiefe hat.
said-zone-not-in-protocol = diese Zone steht nicht in protocol.toml
said-zone-not-needled = diese Zone wird nicht genadelt
said-no-depth-left = die Grenzen lassen gar keine Tiefe übrig
said-device-not-listed = das Gerät steht nicht in devices.toml
said-device-heats = { $device } erhitzt: Diese Regeln planen nur Nadeln ohne Strom
said-evaluated-depth-of-device = die für { $device } untersuchte Tiefe ist nicht bekannt
said-operator-limit-not-recorded = die eigene Tiefengrenze der behandelnden Person ist nicht festgehalten
said-law-not-read = das Recht dieses Ortes wurde nicht gelesen: Halten Sie fest, ob die Räume die verlangte Zulassung haben
said-no-cap = für diese Zone ist keine Tiefengrenze festgelegt

# Was zuerst kommen muss oder nicht erlaubt ist.
said-not-registered = Die Akte sagt nicht, um wen es geht: Legen Sie zuerst die Person an
said-no-intake = Vorgeschichte und Wünsche wurden noch nicht erfragt: Erfassen Sie zuerst die Anamnese
said-not-examined = Die Haut wurde noch nicht untersucht: Erfassen Sie zuerst eine Untersuchung
said-asked-earlier = Die Fragen wurden zuletzt am { $last } gestellt: Stellen Sie sie am { $on } erneut, denn was für einen Menschen gilt, kann sich von Tag zu Tag ändern
said-examined-earlier = Die Haut wurde zuletzt am { $last } untersucht: Untersuchen Sie sie am { $on } erneut, bevor eine Nadel sie berührt
said-examined-before-session = Die Haut wurde zuletzt am { $last } untersucht, bevor die letzte Sitzung (vom { $session }) wirken konnte: Untersuchen Sie sie zuerst erneut
said-nothing-to-review = Vor der ersten Sitzung gibt es nichts zu beurteilen: Planen Sie zuerst
said-earlier = Die Akte enthält schon Angaben vom { $later }, nach dem { $on }: Fragen Sie für den { $later } oder einen späteren Tag, oder berichtigen Sie den Eintrag mit dem falschen Tag
said-nothing-proposed = Es gibt keinen Vorschlag, der übernommen werden könnte: { $why }
said-course-not-allowed = Diese Behandlungsreihe ist nicht erlaubt: { $why }
said-no-reason = Sagen Sie, warum: Eine Behandlungsreihe, die nicht oder anders übernommen wird, behält ihren Grund
said-interval-not-allowed = für diese Person liegen Sitzungen { $shortest } bis { $longest } Tage auseinander, nicht { $days }
said-sessions-not-allowed = für diese Person können insgesamt { $fewest } bis { $most } Sitzungen geplant werden, nicht { $sessions }
said-no-forecast = für diese Person ist keine Vorhersage möglich
said-no-interval = für diese Person ist kein Abstand zwischen Sitzungen erlaubt
said-no-session-worth-it = von keiner weiteren Sitzung ist zu erwarten, was die Praxis von einer verlangt
said-goal-reached = das Ziel ist mit der gewünschten Wahrscheinlichkeit erreicht
said-screening-says = die Eignungsprüfung erlaubt es nicht

# Warum von etwas anderem als Needling zu sprechen ist.
said-found-ice-picks = { $share } der atrophen Narben sind Eispickelnarben
said-found-deep-boxcars = { $share } der atrophen Narben sind tief kastenförmig
said-found-tethered = { $count ->
    [one] 1 wellenförmige Narbe wird von Strängen festgehalten: zuerst Subzision
   *[other] { $count } wellenförmige Narben werden von Strängen festgehalten: zuerst Subzision
}
said-found-tethering-open = { $count ->
    [one] ob 1 wellenförmige Narbe festgehalten wird, wurde nicht beantwortet
   *[other] ob { $count } wellenförmige Narben festgehalten werden, wurde nicht beantwortet
}
said-found-raised = es gibt hypertrophe oder keloidartige Narben
said-found-colour-only = nur Farbe, kein Relief
said-found-acne = die Akne ist aktiv
said-found-acne-open = aktive Akne wurde nicht vollständig untersucht
said-found-hope = erhofft wird eine Besserung von { $wish } %
said-found-one-course = das Ziel ist mit Needling vielleicht nicht erreichbar, und die Haut ist Typ I bis III

# Was einen Plan ändern würde: wenn …
said-if-tethering-known = bekannt wäre, ob die wellenförmigen Narben festgehalten werden
said-if-answered = { $count ->
    [one] 1 offene Sicherheitsfrage beantwortet wäre ({ $ids })
   *[other] { $count } offene Sicherheitsfragen beantwortet wären ({ $ids })
}
said-if-goal = das Ziel { $largest } % statt { $goal } % wäre
said-if-goal-larger = das Ziel bis zu { $largest } % wäre
said-if-chance-enough = eine Wahrscheinlichkeit von { $other } statt { $wanted } genügte
said-if-skin-known = bekannt wäre, dass die Haut Typ I bis IV ist
said-if-marks-ruled-out = dunkle Flecken nach Needling ausgeschlossen wären
said-if-ice-picks = die Narben gezählt und 8 von 10 Eispickelnarben wären
said-if-rolling = die Narben gezählt und 8 von 10 wellenförmig wären
said-if-blinded = drei Monate nach Sitzung { $session } die Fotos verblindet beurteilt würden
said-if-counted = die Zähltabelle nach Goodman und Baron heute und bei dieser Beurteilung erneut ausgefüllt würde
said-if-settled = dies geklärt wäre: { $what }

# … dann
said-then-subcision = käme die Subzision, falls ja, vor dem Needling
said-then-screening = könnte die Eignungsprüfung entscheiden; bis dahin wird nichts vorgeschlagen
said-then-would-reach = { $sessions ->
    [one] würde 1 Sitzung es mit einer Wahrscheinlichkeit von { $chance } erreichen
   *[other] würden { $sessions } Sitzungen es mit einer Wahrscheinlichkeit von { $chance } erreichen
}
said-then-still-reach = { $sessions ->
    [one] würde die längste erlaubte Behandlungsreihe, 1 Sitzung, es noch mit einer Wahrscheinlichkeit von { $chance } erreichen
   *[other] würde die längste erlaubte Behandlungsreihe, { $sessions } Sitzungen, es noch mit einer Wahrscheinlichkeit von { $chance } erreichen
}
said-then-need = { $sessions ->
    [one] bräuchte das Ziel 1 Sitzung
   *[other] bräuchte das Ziel { $sessions } Sitzungen
}
said-then-out-of-reach = wäre das Ziel noch immer nicht erreichbar: Die beste Wahrscheinlichkeit ist { $chance }
said-then-course = { $sessions ->
    [one] hätte die Behandlungsreihe 1 Sitzung alle { $weeks } Wochen, statt { $instead } alle { $instead-weeks } Wochen
   *[other] hätte die Behandlungsreihe { $sessions } Sitzungen alle { $weeks } Wochen, statt { $instead } alle { $instead-weeks } Wochen
}
said-then-bring = brächte dieselbe Behandlungsreihe voraussichtlich { $better } und erreichte das Ziel mit einer Wahrscheinlichkeit von { $chance }
said-then-narrow = würde der Vier-Fünftel-Bereich dieser Behandlungsreihe von { $from } auf etwa { $to } Punkte schmaler
said-then-depths = könnten die Zonen ohne Tiefe geplant werden, soweit sie überhaupt genadelt werden dürfen

# Beurteilungen.
said-review-within-course = vor Sitzung { $session }: bisherige Wirkung, Pigment, ob es weitergeht; zu früh, um von Misserfolg zu sprechen
said-latest-outcome = das letzte Ergebnis, vom { $date }, ist so gut wie oder besser als { $share } dessen, was vor der Behandlung vorhergesagt war
said-plateau = Goodman-Baron-Grad { $before } vorher und { $after } nach { $sessions } Sitzungen, spät genug beurteilt
said-no-failure-before = von Misserfolg wird nicht vor dem { $date } gesprochen, { $days } Tage nach der letzten Sitzung
said-chance-stopping-now = Wahrscheinlichkeit des Ziels { $chance }, wenn die Behandlung jetzt endete
said-chance-with-all = { $sessions ->
    [one] Wahrscheinlichkeit des Ziels { $chance } mit der 1 weiteren Sitzung, die erlaubt ist
   *[other] Wahrscheinlichkeit des Ziels { $chance } mit allen { $sessions } weiteren Sitzungen, die erlaubt sind
}
said-next-adds = die nächste Sitzung bringt voraussichtlich { $points } Punkte Besserung; die Praxis verlangt { $asked }
said-screening-does-not-permit = die Eignungsprüfung erlaubt jetzt keine Sitzung

# Was eine Vorhersage auslässt, und was gegen sie spricht.
left-out-grade_not_calibrated = ein qualitativer Grad kann nicht in die Vorhersage eingehen: Nichts Gelesenes eicht Grade an der Schwere
left-out-not_severity = sagt, wie es der Person geht, nicht wie schwer die Narben sind
left-out-before_first_session = eine Besserung vor der ersten Sitzung hier ist keine Wirkung des Needlings hier
left-out-derived_score = mit unserer eigenen Zuordnung aus Zählungen je Zone abgeleitet; ein auf der Skala selbst vergebener Wert würde verwendet
left-out-same_day = dieselbe Skala wurde am selben Tag erhoben
left-out-off_the_scale = der Wert liegt außerhalb der Skala, die die Vorhersage kennt
left-out-more_than_a_year_after = mehr als 52 Wochen nach der letzten Sitzung erhoben; wie lange eine Besserung hält, ist nicht bekannt
left-out-long_before_first_session = mehr als zehn Jahre vor der ersten Sitzung erhoben
left-out-too_many_outcomes = die Vorhersage nimmt keine weiteren Ergebnisse auf
left-out-not_related_to_severity = keine Studie bringt das Gemessene mit dem Schweregrad in Beziehung: Es steht neben der Vorhersage
left-out-error_not_known = eine gemessene Zahl ohne ihren Fehler kann nicht gegen die Vorhersage gewogen werden
extrapolation-no_atrophic_scars = keine atrophe Narbe ist gezählt, und die Vorhersage gilt nur für atrophe Narben
extrapolation-other_treatment_during_course = nach der ersten Sitzung hier wurde anders behandelt, also lässt sich nicht sagen, was was bewirkt hat
extrapolation-longer_than_evidence = es wurden mehr Sitzungen gegeben, oder über mehr Jahre, als irgendeine belegte Behandlungsreihe
extrapolation-scar_types_not_counted = die Narben sind nicht nach Art gezählt, also wird eine durchschnittliche Mischung angenommen
extrapolation-mostly_ice_pick = Eispickelnarben sind der Haupttyp: Studien mit gemischten Narben sagen wenig über sie, eine sah bei ihnen 5,9 % Veränderung (E6), wo kastenförmige sich um 47,1 % veränderten, und die Vorhersage ist wahrscheinlich zu hoffnungsvoll: Versprechen Sie sie nicht
extrapolation-outcome_after_a_year = ein Ergebnis wurde mehr als ein Jahr nach der letzten Sitzung erhoben; wie lange eine Besserung hält, ist nicht bekannt
extrapolation-interval_outside_evidence = Sitzungen lagen näher als eine Woche oder weiter als zwölf auseinander

# Ärztliche Entscheidungen.
override-stands = gilt
override-not_needed = nicht nötig: Die Regel zählte nicht
override-refused_no_such_rule = abgelehnt: Diese Regel gibt es nicht
override-refused_absolute = abgelehnt: Über eine absolute Gegenanzeige darf niemand anders entscheiden
override-refused_nobody_may = abgelehnt: Diese Regel lässt keine ärztliche Entscheidung zu
override-refused_no_name_or_reason = abgelehnt: Es fehlt der Name der verordnenden Person oder ein Grund
override-refused_not_a_prescriber = abgelehnt: Die genannte behandelnde Person darf nicht verordnen
override-refused_dated_later = abgelehnt: Das Datum liegt nach der Konsultation
override-refused_dated_before_the_event = abgelehnt: Entschieden wurde vor dem Ereignis, um das es geht: Entscheiden Sie neu
override-refused_too_old = abgelehnt: älter, als Entscheidungen gelten (override_valid_days): Entscheiden Sie neu

# Unbeantwortete Fragen.
unanswered-precaution = Beantworten Sie sie, oder antworten Sie mit Ja und treffen Sie die Vorsichtsmaßnahme.
unanswered-waits = Beantworten Sie sie: Bis dahin wartet die Behandlung.

# Was Gebrauchsanweisungen sagen, und wie stark die Belege sind.
label-contraindication = Gegenanzeige
label-precaution = Vorsichtsmaßnahme
label-not_evaluated = nicht untersucht: Behandlung ist Off-Label-Use
label-outside_indication = außerhalb der zugelassenen Indikation: Behandlung ist Off-Label-Use
label-not_on_the_text_seen = nicht im gesehenen Text
evidence-A = Behörde, Gebrauchsanweisung oder Gesetz
evidence-B = systematische Übersicht, Konsensus oder Leitlinie
evidence-C = Studie oder Kohorte, vielleicht zu einem anderen Verfahren
evidence-D = Fallberichte
evidence-E = Fachmeinung
evidence-F = nur Werbe- oder Einwilligungsseiten
