# Bilder: aufnehmen, zeigen, vergleichen.
pictures-title = Bilder
pictures-take = Bilder aufnehmen
pictures-take-hint = JPEG oder PNG, höchstens { $megabytes } MB auf einmal. Ort und Kameradaten werden aus dem entfernt, was gezeigt wird.
pictures-on = Aufgenommen am
pictures-note = Notiz
pictures-keep = Diese Bilder aufbewahren
pictures-protocol = Wie fotografiert wird
pictures-first = Noch kein Bild dieser Ansicht: Dieses wird das Ausgangsbild.
pictures-choose = Datei oder Kamera: { $view }
pictures-camera = Kamera
pictures-ghost = Ausgangsbild scheint durch
pictures-shutter = Auslösen
pictures-turn = Andere Kamera
pictures-taken = Aufgenommen; das Bild liegt im Formular.
pictures-no-camera = Die Kamera ließ sich nicht öffnen: Erlauben Sie sie für diese Seite, oder wählen Sie eine Datei.
pictures-day-wrong = geben Sie einen Tag an, der nicht nach heute liegt
pictures-none-chosen = wählen Sie mindestens ein Bild
pictures-some-refused = Nicht alles wurde angenommen
pictures-refused = { $view } ({ $file }) wurde nicht angenommen
pictures-no-consent = In Bilder für die Akte wurde nicht eingewilligt: Es wird keines aufgenommen oder gezeigt.
pictures-withdrawn =
    { $count ->
        [0] Die Einwilligung in Bilder wurde am { $date } widerrufen: Es wird keines aufgenommen.
        [one] Die Einwilligung in Bilder wurde am { $date } widerrufen: Ein Bild bleibt versiegelt und wird nicht gezeigt.
       *[other] Die Einwilligung in Bilder wurde am { $date } widerrufen: { $count } Bilder bleiben versiegelt und werden nicht gezeigt.
    }
pictures-to-consent = Zur Einwilligung
pictures-before = vor der ersten Sitzung
pictures-at-session = am Tag von Sitzung { $number }
pictures-after-session = nach Sitzung { $number }
pictures-alt = { $view }, { $date }
pictures-compare = Vergleichen
pictures-views = Ansichten
pictures-before-label = Vorher
pictures-after-label = Nachher
pictures-show = Zeigen
pictures-only-one = Von dieser Ansicht gibt es nur ein Bild: Es wird zweimal gezeigt.
pictures-side = Nebeneinander
pictures-over = Übereinander
pictures-slide = Wie viel vom früheren Bild
pictures-all-before = Vorher
pictures-half = Halb und halb
pictures-all-after = Nachher
view-front = Von vorn
view-left-oblique = Halbprofil links
view-right-oblique = Halbprofil rechts
view-left-profile = Profil links
view-right-profile = Profil rechts
view-close-up = Nahaufnahme
chart-more = Mehr zu dieser Akte
pictures-of-event = mit einer Meldung geschickt
