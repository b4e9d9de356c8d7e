# Ein Eintrag einer Akte, in einer Zeile und ganz.
entry-title = { $kind } vom { $date }
entry-number = Eintrag
entry-written = Geschrieben
entry-id = Kennung
entry-content = Was er sagt
entry-as-kept = Wie er aufbewahrt wird
entry-strike-out = Streichen
entry-strike-out-hint = Der Eintrag bleibt in der Akte, mit Ihrem Namen und dem Grund daneben, und zählt nicht mehr. Was mit ihm entschieden wurde, ist neu zu entscheiden.
entry-reason = Grund
entry-reason-needed = Sagen Sie, warum er falsch ist.

line-registered = Akte angelegt, Nummer { $number }
line-intake = { $answers } Antworten, davon { $yes } Ja; erhofft { $goal } Besserung
line-examined =
    { $zones ->
        [one] { $scars } atrophe Narben in einer Zone; Hauttyp { $skin }; Aknegrad { $acne }
       *[other] { $scars } atrophe Narben in { $zones } Zonen; Hauttyp { $skin }; Aknegrad { $acne }
    }
line-overrides =
    { $count ->
        [one] mit einer Entscheidung gegen eine Regel
       *[other] mit { $count } Entscheidungen gegen Regeln
    }
line-course =
    { $sessions ->
        [one] eine Sitzung
       *[other] { $sessions } Sitzungen, { $days } Tage auseinander
    }
line-adopted = Wie vorgeschlagen: { $course }
line-nothing-proposed = Es wurde nichts vorgeschlagen
line-edited = Anders als vorgeschlagen: { $course }
line-rejected = Nicht angenommen
line-consented = Ja zu: { $purposes }
line-withdrawn = Widerrufen: { $purposes }
line-gate-permitted = Die Sitzung durfte beginnen
line-gate-refused = Verweigert
line-lot = Charge { $lot }
line-no-gate = ohne Prüfung am Behandlungstag
line-event-not-judged = noch nicht beurteilt
line-event-over = Es ist vorbei
line-event-not-over = Es ist nicht vorbei
line-severity-mild = leicht
line-severity-moderate = mittel
line-severity-severe = schwer
line-pixels = { $width } × { $height } Bildpunkte
line-measured = { $scale }: { $value }, beurteilt von { $rater }
line-reviewed = { $verdict }; entschieden: { $decided }
line-from-clinic = Von der Praxis
line-from-patient = Von der behandelten Person
line-struck-out = { $which }, ist gestrichen: { $reason }
line-corrected = { $which }, ist berichtigt: { $reason }. Er lautet jetzt: { $becomes }
line-points = { $points } Punkte
