# Abbildungen.
figure-median = Median
figure-half = die mittlere Hälfte
figure-eighty = 80 von 100
figure-ninety-five = 95 von 100
figure-goal = Ziel { $percent }
figure-verdict = Urteil { $date }
figure-session = Sitzung
figure-session-given = Sitzung gegeben
figure-session-planned = Sitzung geplant
figure-measured-blinded = verblindet gemessen
figure-measured-open = offen gemessen
figure-measured-instrument = vom Gerät gemessen
figure-patients-view = Sicht der behandelten Person
figure-weeks-since = Wochen seit der
figure-first-session = ersten Sitzung
figure-better-than-before = Narben: besser als vor der ersten Sitzung

figure-forecast = Vorhersage { $course }
figure-forecast-if-suitable = Falls Needling möglich würde: Vorhersage { $course }
figure-course = mit { $sessions } Sitzungen, eine alle { $weeks } Wochen
figure-course-given = nach { $sessions } Sitzungen, keine weitere geplant
figure-subtitle = Nummer { $patient }, Konsultation vom { $date }; Eignung: { $decision }
figure-description = Vorhergesagte Besserung der Narben im Lauf der Zeit. Drei Monate nach { $sessions } Sitzungen liegt der Median bei { $median }; die Hälfte solcher Personen liegt bei { $half }, 80 von 100 bei { $eighty }, 95 von 100 bei { $ninety-five }. Das Ziel ist { $goal }; die Chance, es zu erreichen, ist { $chance }.
figure-bands = Bänder: wo so viele solcher Personen nach der Vorhersage liegen. Die Zuversicht offener Beurteilungen ist abgezogen.
figure-suitable = geeignet
figure-suitable-with-precautions = geeignet mit Vorsichtsmaßnahmen
figure-cannot-decide = noch nicht zu entscheiden
figure-deferred = aufgeschoben
figure-deferred-until = aufgeschoben bis { $date }
figure-not-suitable = nicht geeignet

figure-courses = Sitzungen im Vergleich
figure-courses-description = Besserung drei Monate nach der letzten Sitzung, für verschieden viele Sitzungen. { $courses }
figure-courses-of = { $sessions } Sitzungen: Median { $median }, 80 von 100 bei { $eighty }, Chance auf das Ziel { $chance }.
figure-courses-note = Drei Monate nach der letzten Sitzung, eine alle { $weeks } Wochen. Blasse Zeilen: vom Protokoll nicht erlaubt, nur zum Vergleich.
figure-sessions =
    { $count ->
        [one] 1 Sitzung
       *[other] { $count } Sitzungen
    }
figure-chance-of-goal = Chance auf Ziel

figure-study = Studie
figure-patients-sessions = Personen, Sitzungen
figure-percent-better = Schwere der Narben, Prozent besser
figure-better-interval = % besser [95 %]
figure-weight = Gewicht
figure-worse = schlechter
figure-better = besser
figure-next-study = die nächste Studie läge in
figure-blinded-rater = verblindet
figure-open-rater = offen oder nicht gesagt
figure-pooled-mean = gemeinsames Mittel, 95 %
figure-next-study-interval = wo die nächste Studie läge, 95 %
