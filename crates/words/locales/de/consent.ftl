# Einwilligung: worüber gesprochen wurde, und das eigene Ja zu jedem Zweck.
consent-title = Einwilligung
consent-now = Einwilligung, wie sie gilt
consent-given = ja, seit dem { $date }
consent-not-given = nicht erteilt
consent-withdrawn-on = am { $date } widerrufen
consent-withdraw = Einwilligung widerrufen
consent-text = Worin eingewilligt wird
consent-version = Fassung: { $version }. Das ist eine Prüfsumme über jedes Wort oben und wird mit der Einwilligung festgehalten.
consent-text-changed = Der Text hat sich geändert, seit diese Seite geöffnet wurde. Lesen Sie ihn noch einmal gemeinsam und halten Sie dann die Einwilligung fest.
consent-what = Was gemacht wird
consent-what-says = Feine Nadeln stechen viele kleine Löcher in die Haut, damit sie in den Narben neues Gewebe bildet.
consent-course = Die Reihe, und was von ihr zu erwarten ist
consent-course-says =
    { $sessions ->
        [one] Eine Sitzung.
       *[other] Insgesamt { $sessions } Sitzungen, mindestens { $days } Tage auseinander.
    }
consent-expected = Etwa { $better } besser drei Monate nach der letzten Sitzung; von 100 solchen Behandelten liegen 80 zwischen { $low } und { $high } Prozent. Die Chance auf Ihr Ziel ist { $chance }. Nichts ist garantiert.
consent-no-course = Es wurde noch keine Reihe angenommen.
consent-risks = Was geschieht, und was schiefgehen kann
consent-you-do = Was Sie danach tun
consent-alternatives = Was es sonst gibt
consent-nothing-is-one = Nichts zu tun ist immer eine der Möglichkeiten.
consent-off-label = Außerhalb dessen, wofür das Gerät zugelassen ist
consent-off-label-says = In Ihrem Fall liegt Folgendes außerhalb der Gebrauchsanweisung:
consent-free = Ihre Entscheidung
consent-free-says = Sie dürfen Nein sagen, jetzt und jederzeit, auch mitten in einer Sitzung, und niemand darf es Ihnen übel nehmen.
consent-pictures-says = Bilder sind ein eigenes Ja oder Nein, jedes für seinen Zweck, und die Behandlung hängt nicht davon ab.
consent-record-title = Einwilligung festhalten
consent-purposes = Ja gesagt wird zu
consent-purposes-hint = Jedes ist ein eigenes Ja. Was nicht angekreuzt ist, ist ein Nein.
purpose-treatment = Behandlung: Microneedling wie beschrieben
purpose-pictures-for-care = Bilder für die Akte
purpose-pictures-for-teaching = Bilder für Kolleginnen und Kollegen, die lernen
purpose-pictures-for-publication = Bilder für die Öffentlichkeit
consent-discussion = Worüber gesprochen wurde
consent-discussion-hint = Fragen, Antworten und was in eigenen Worten gesagt wurde.
consent-signature = Unterschrift: der eigene Name, selbst eingegeben
consent-signature-hint = Die Unterschrift sagt nur, dass das Gespräch stattgefunden hat.
consent-signature-needed = Als Unterschrift wird der Name gebraucht.
consent-drawn = Die Unterschrift, wie sie gezeichnet wurde
consent-draw = Oder zeichnen Sie sie hier zusätzlich; sie wird neben dem eingegebenen Namen aufbewahrt.
consent-draw-clear = Zeichnung löschen
consent-record = Einwilligung festhalten
consent-withdraw-what = Was nicht mehr erlaubt ist
consent-withdraw-hint = Es gilt von heute an. Niemand muss einen Grund nennen.
consent-withdraw-reason = Warum, falls es gesagt wird
consent-withdraw-record = Widerruf festhalten
consent-nothing-to-withdraw = Es gibt keine Einwilligung, die widerrufen werden könnte.
