# Ob die Behandlung sicher ist, und warum.
screening-title = Eignung
screening-not-yet = Die Eignung lässt sich noch nicht beurteilen
screening-rules = { $count } Regeln wurden für den { $date } geprüft.
screening-recorded = In der Akte: { $decision }, festgehalten für den { $date }.
screening-none-recorded = In der Akte steht noch keine Beurteilung.
screening-overrides-prescriber = Darin steht eine ärztliche Entscheidung gegen eine Regel; nur wer verschreiben darf, kann sie wiederholen.
screening-asked-for = Gefragt für
screening-record = Diese Antwort festhalten
screening-look = Ansehen, ohne festzuhalten
screening-standing = Entscheidungen gegen Regeln, die weiter gelten sollen
screening-override = Ärztlich anders entscheiden
screening-override-hint = Schreiben Sie den Grund. Ihr Name und das heutige Datum stehen dabei. Zeigen Sie beide Seiten, und nennen Sie es in der Einwilligung.
screening-override-by-prescriber = Bei einigem davon darf ärztlich anders entschieden werden, mit einer Begründung.
screening-why = Warum, das Strengste zuerst
screening-nothing-counts = Kein Befund zählt.
screening-does = Für sich allein
screening-do = Zu tun
screening-clears = Endet
screening-label = Gebrauchsanweisung
screening-overridden = Anders entschieden
screening-evidence = Beleg
screening-sides = Die Quellen sind sich nicht einig
screening-for-the-patient = In Worten für die behandelte Person
screening-missing =
    { $count ->
        [one] Eine Antwort fehlt
       *[other] { $count } Antworten fehlen
    }
screening-missing-hint = Unbekannt erlaubt nie. Jede Frage führt zu ihrem Feld.
screening-answer = Beantworten
screening-answer-elsewhere = Das beantworten die Angaben der Praxis über die behandelnde Person.
screening-would-change = Was die Entscheidung ändern würde
screening-change-answers =
    { $count ->
        [one] Die fehlende Antwort
       *[other] Die { $count } fehlenden Antworten
    }
screening-change-day = nicht vor dem { $date }
screening-off-label = Außerhalb der Zulassung des Geräts: Die Einwilligung muss es sagen
screening-overrides = Ärztliche Entscheidungen
screening-over = Vorbei
screening-over-hint = Ein falsch eingegebener Tag würde eine Frist zu früh beenden: Sehen Sie jeden an.
screening-over-since = zählt seit dem { $date } nicht mehr
screening-not-counted = Vorhanden, von Praxen oft genannt, zählt nicht
screening-law = Was im Recht des Ortes nicht geregelt ist oder nicht gelesen wurde

decision-suitable = Geeignet
decision-suitable-means = Nichts von dem, was gefragt wurde, spricht gegen die Behandlung.
decision-precautions = Geeignet mit Vorsicht
decision-precautions-means = Die Behandlung ist möglich, mit den Schritten unten.
decision-cannot-decide = Keine Entscheidung möglich
decision-cannot-decide-means = Es fehlt eine Antwort, ohne die es niemand sagen kann. Unbekannt ist nie sicher.
decision-defer = Noch nicht: warten, bis es abgeklungen ist
decision-defer-date = Nicht vor dem { $date }
decision-defer-both = Nicht vor dem { $date } und nicht, bevor es abgeklungen ist
decision-defer-means = Die Behandlung wartet. Unten steht, was das Warten beendet.
decision-not-suitable = Nicht geeignet
decision-not-suitable-means = Nach diesen Regeln nicht. Sehen Sie, warum, und was sonst möglich ist.
class-not-counted = zählt nicht
class-precaution = Vorsicht
class-defer = Wartezeit
class-relative = relative Gegenanzeige
class-absolute = absolute Gegenanzeige
