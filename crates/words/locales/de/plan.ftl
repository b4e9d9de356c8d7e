# Der Plan: was vorgeschlagen wird und warum, und was daraus gemacht wird.
plan-title = Plan
plan-proposal = Vorschlag
plan-course-details = Die Reihe, Tag für Tag
plan-would-be = Was vorgeschlagen würde, sobald es abgeklungen ist (kein Vorschlag für heute)
plan-nothing-today = Heute nichts
plan-after-day = Nicht vor dem { $date }. Es folgt, was dann vorgeschlagen würde.
plan-after-state = Sobald es abgeklungen ist. Es folgt, was dann vorgeschlagen würde.
plan-withheld = Es wird keine Behandlungsreihe vorgeschlagen
plan-you-decide = Das ist ein Vorschlag. Sie entscheiden.
plan-sentence =
    { $sessions ->
        [one] Eine Sitzung; drei Monate später { $better } besser (80 von 100: { $eighty }); Chance auf das Ziel { $chance }.
       *[other] { $sessions } Sitzungen, alle { $weeks } Wochen; drei Monate nach der letzten { $better } besser (80 von 100: { $eighty }); Chance auf das Ziel { $chance }.
    }
plan-sentence-more =
    { $sessions ->
        [one] Eine weitere Sitzung; drei Monate später { $better } besser (80 von 100: { $eighty }); Chance auf das Ziel { $chance }.
       *[other] { $sessions } weitere Sitzungen, alle { $weeks } Wochen; drei Monate nach der letzten { $better } besser (80 von 100: { $eighty }); Chance auf das Ziel { $chance }.
    }
plan-withheld-not-suitable = Die Behandlung ist nicht geeignet. Die Vorhersage unten zeigt, was sie bewirken könnte, wenn sie es würde.
plan-withheld-cannot-decide = Es fehlen Antworten. Die Vorhersage unten zeigt, was die Behandlung bewirken könnte.
plan-withheld-no-forecast = Hier ist keine Vorhersage möglich.
plan-withheld-no-interval = Hier ist kein Abstand zwischen Sitzungen erlaubt.
plan-withheld-not-worth-it = Keine weitere Sitzung: Von keiner ist so viel zu erwarten, wie die Praxis verlangt.
plan-withheld-goal-reached = Keine weitere Sitzung: Das Ziel ist mit der gewünschten Wahrscheinlichkeit erreicht.
plan-no-forecast = Keine Vorhersage
plan-no-interval = Hier ist kein Abstand zwischen Sitzungen erlaubt; es gibt also keine Reihe, die vorherzusagen wäre.

plan-because-reached = Die bisherigen Sitzungen erreichen das Ziel.
plan-because-fewest = Die wenigsten Sitzungen, die das Ziel mit einer Chance von mindestens { $chance } erreichen.
plan-because-little = Eine weitere Sitzung brächte weniger als { $points } Punkte, die Schwelle der Praxis.
plan-because-most = So viele, wie das Protokoll erlaubt, bevor eine Nachkontrolle entscheidet.
plan-goal-out-of-reach = Das Ziel ist vielleicht nicht erreichbar: Die beste Chance ist { $chance }, mit { $sessions } weiteren Sitzungen.
plan-at-stake = Der Einsatz: Mit einer Chance von { $chance } bringt die Reihe weniger als ein Viertel.
plan-note-out-of-reach = Das Ziel ist mit Nadeln vielleicht nicht erreichbar: Sprechen Sie über die anderen Möglichkeiten unten.
plan-note-more-sessions = Mehr Sitzungen würden das Ziel mit der gewünschten Chance erreichen; jede brächte aber weniger, als die Praxis verlangt.
plan-note-fewer = Weniger Sitzungen, als in Studien üblich.
plan-note-after-day = Die Beurteilung kommt nach dem Tag, bis zu dem es gewünscht ist.
plan-note-no-day = Die erste Sitzung wartet auf einen Zustand; ihr Tag ist nicht bekannt.
plan-note-longer = Es gilt der längere Abstand, wegen dieser Haut oder weil dunklere Flecken nach Nadeln nicht ausgeschlossen sind.
plan-note-no-depth = Für eine Zone gibt es keine Tiefe, bis das Fehlende festgehalten ist.
plan-note-shorter = Abstände von zwei Wochen dienen nur dem Vergleich; sie sind nicht erlaubt.
plan-sessions-when = Sitzungen, nicht vor dem
plan-no-day-yet = Kein Tag ist bekannt, bis es abgeklungen ist.
plan-reviews = Nachkontrollen, nicht vor dem
plan-after-session = nach Sitzung { $number }
plan-review-within = Während der Reihe
plan-review-verdict = Beurteilung
plan-review-better = Sicherere Beurteilung
plan-review-durability = Hält es an
plan-no-verdict-before = Vor ihrem Tag wird nichts als Misserfolg beurteilt.
plan-depths = Tiefen, flachste Zone zuerst
plan-depth-first = Sitzung 1
plan-depth-later = Später
plan-limited-by = Begrenzt durch
plan-no-depth = keine Tiefe
plan-limit-device = die für das Gerät geprüfte Tiefe
plan-limit-operator = die Grenze der behandelnden Person
plan-limit-place = das Recht des Ortes
plan-limit-zone = die Grenze der Zone (Festlegung aus Erfahrung)
plan-how = Wie jede Sitzung abläuft
plan-passes = Durchgänge
plan-endpoint = Endpunkt
plan-numbing = Betäubung, eines davon
plan-aftercare = Nachsorge
plan-stop-or-pause = Wann die Reihe endet oder wartet
plan-stop-if = Beenden, wenn
plan-pause-if = Warten, wenn

plan-figure-alt = Vorhersage der Reihe über die Zeit, mit Bändern, Sitzungen und dem, was beobachtet wurde. Dieselben Zahlen stehen in der Tabelle darunter.
plan-figure-data = Die Zahlen der Abbildung
plan-week = Woche
plan-courses = Reihen im Vergleich, eine Sitzung alle { $weeks } Wochen
plan-courses-caption = Drei Monate nach der letzten Sitzung; Ziel { $goal }. In Prozent der Schwere vor der ersten Sitzung.
plan-n = Sitzungen insgesamt
plan-chance-of-goal = Chance auf das Ziel
plan-median = Median
plan-adds = Letzte bringt
plan-allowed = Protokoll
plan-is-allowed = erlaubt
plan-chosen = vorgeschlagen
plan-stopping-now = Jetzt aufhören
plan-not-allowed-short = Sitzungen zu dicht
plan-not-allowed-long = Sitzungen zu weit auseinander
plan-not-allowed-course = mehr als eine Reihe vor einer Nachkontrolle
plan-not-allowed-all = mehr, als das Protokoll kennt
plan-intervals-alike = Die Studien können Abstände nicht unterscheiden: Sicherheit und Kalender entscheiden.
plan-doubtful = Trauen Sie diesen Zahlen nicht: Die Rechnung selbst sagt, dass sie weiter daneben liegen können, als ihr Fehler angibt.
plan-three-intervals = Drei Bereiche, die nicht zu verwechseln sind
plan-of-whom = Für wen
plan-typical = Jemand Neues in einer Praxis wie dem Durchschnitt der Studien
plan-new-clinic = Jemand Neues in einer Praxis, die in keiner Studie war
plan-this-patient = Diese Person
plan-rests-on-trials = Grundlage sind allein Studien: noch nichts Eigenes dieser Person.
plan-rests-on-types = Grundlage sind Studien und die Narbenarten dieser Person; noch kein eigenes Ergebnis.
plan-rests-on-outcomes = Grundlage sind Studien, Narbenarten und eigene Ergebnisse dieser Person.
plan-published = Eine offene Studie würde etwa { $published } berichten; ohne den Optimismus offener Beurteilung sind es { $adjusted }. Im Modell ist keine Studie mit verblindeter Beurteilung; wie groß dieser Optimismus ist, beruht also weitgehend auf Annahmen.
plan-rests-on = Worauf diese Antwort beruht
plan-versions = Resurface { $program }, Wissen { $knowledge }, Modell { $model }, Startwert { $seed }
plan-computed = { $points } Punkte, so viel wert wie { $effective } unabhängige; Rechenfehler einer Chance höchstens { $error } Punkte.
plan-assumption = { $count } Größen des Modells beruhen weitgehend auf Annahmen, darunter die Wirkung von Tiefe, Durchgängen und Abstand.

plan-alternatives = Was sonst möglich ist
plan-concern-open = Nicht beantwortet
plan-scar = Narbe
plan-needling = Nadeln
plan-others = Andere Behandlungen, die besten zuerst
plan-nothing = Nichts tun
plan-each-treatment = Jede Behandlung mit ihren Belegen
plan-risk = Risiko
plan-risks =
    { $sessions ->
        [one] Was schiefgehen kann, bei einer Sitzung
       *[other] Was schiefgehen kann, bei { $sessions } Sitzungen
    }
plan-dark-marks = Dunkle Flecken
plan-dark-marks-says = über die Reihe (95 von 100: { $span }), { $session } je Sitzung; gesehen bei { $seen } von { $patients } Behandelten.
plan-skin-as-studied = In den Hauttypen, bei denen es gesehen wurde.
plan-skin-lighter = Gesehen bei dunklerer Haut als dieser: Das Risiko ist vermutlich geringer; um wie viel, wurde nicht gesehen.
plan-skin-darker = Gesehen bei hellerer Haut als dieser: Das Risiko kann höher sein; um wie viel, wurde nicht gesehen.
plan-skin-unknown = Hauttyp nicht bekannt: Das Risiko kann höher sein.
plan-other-risks = Anderes
plan-would-change = Was diesen Plan ändern würde

plan-decide = Was machen Sie daraus?
plan-held = In der Akte steht ein Plan vom { $date }; was jetzt festgehalten wird, tritt an seine Stelle.
plan-wish = Entscheidung
plan-adopt = Wie vorgeschlagen annehmen
plan-edit = Anders annehmen
plan-reject = Ablehnen
plan-sessions = Sitzungen insgesamt
plan-sessions-needed = Sagen Sie, wie viele Sitzungen insgesamt.
plan-interval = Tage zwischen zwei Sitzungen
plan-interval-hint = Hier mindestens { $days }.
plan-interval-needed = Sagen Sie, wie viele Tage zwischen zwei Sitzungen.
plan-reason = Grund
plan-reason-hint = Was nicht oder anders angenommen wird, behält seinen Grund.
plan-wish-needed = Wählen Sie, was Sie aus dem Vorschlag machen.
plan-asked-for = Gefragt für { $place }, { $device }, behandelt von { $operator }.
plan-asked-otherwise = Für einen anderen Ort, ein anderes Gerät oder eine andere Person fragen
plan-changed = Der Vorschlag hat sich geändert, seit diese Seite geöffnet wurde. Sehen Sie ihn noch einmal an und entscheiden Sie dann: Was Sie eingegeben haben, bleibt erhalten.
plan-record = Entscheidung festhalten
plan-change = Wenn { $if }, { $then }
plan-evidence-interval = { $low } bis { $high }
