# Unerwünschte Ereignisse, Nachrichten und Links, die ausgehändigt werden.
events-title = Unerwünschte Ereignisse
events-one = Unerwünschtes Ereignis
events-open = Offen, das Schlimmste zuerst
events-none-open = Nichts ist offen.
events-over =
    { $count ->
        [one] Eines, das vorüber ist
       *[other] { $count }, die vorüber sind
    }
events-noticed = Bemerkt am
events-what = Was es ist
events-what-hint = Lassen Sie es offen, wenn es noch niemand beurteilt hat.
events-not-judged = Noch nicht beurteilt
events-severity = Wie schlimm
events-by = Gemeldet von
events-by-patient = der behandelten Person
events-by-clinic = der Praxis
events-session = Nach der Sitzung vom
events-no-session = keiner Sitzung
events-after =
    { $days ->
        [0] { $date }, am selben Tag
        [one] { $date }, einen Tag davor
       *[other] { $date }, { $days } Tage davor
    }
events-report = Ein unerwünschtes Ereignis melden
events-text = Was bemerkt wurde
events-pictures = Bilder, die mitgeschickt wurden
events-button = Melden
severity-mild = leicht
severity-moderate = mittel
severity-severe = schwer
severity-mild-about = Leicht: bemerkt
severity-moderate-about = Mittel: muss versorgt werden
severity-severe-about = Schwer: dringend oder bleibend
urgency-expected = gehört zur Behandlung
urgency-week = innerhalb einer Woche
urgency-day = am selben Tag
urgency-emergency = sofort
course-continue = die Behandlung geht weiter
course-pause = die Behandlung wartet, bis es abgeklungen ist
course-stop = die Behandlung endet
events-do = Was Sie tun
events-patient-does = Was die behandelte Person tut
events-common = Wie häufig
events-onset = Wann es beginnt
events-onset-days = Tag { $from } bis { $to } nach der Sitzung
events-authority = Wem gemeldet wird
events-report-no = Niemandem außer in dieser Akte.
events-report-unknown = Es wird gemeldet, aber das Wissen nennt für diesen Ort keine Stelle: Schlagen Sie nach.
events-guide = Alle Arten, so wie Behandelte sie bemerken
events-patient-notices = Was die behandelte Person bemerkt
events-urgency = Wie bald
events-judge = Was ist es?
events-judge-button = Beurteilung festhalten
events-judged = es wurde beurteilt, was es ist oder wie schlimm es ist
events-follow = Nachverfolgen
events-follow-again = Noch einmal nachverfolgen
events-follow-button = Festhalten
events-followed = Was daraus wurde
events-day = Tag
events-became = Was daraus wurde
events-state = Wie es steht
events-state-open = offen
events-state-over = vorüber
events-not-yet-over = Noch nicht vorüber
events-is-over = Es ist vorüber

messages-title = Nachrichten
messages-what = Was Sie festhalten
messages-to-patient = Eine Nachricht an die behandelte Person
messages-of-patient = Was die behandelte Person gesagt hat
messages-text = Text
messages-text-hint = Eine Nachricht ist neben dem Plan zu lesen, über den Link dazu. Schreiben Sie verständlich.
messages-button = Festhalten
messages-none = Noch wurde nichts geschrieben.
messages-from-clinic = Von der Praxis
messages-from-patient = Von der behandelten Person

links-title = Links zum Aushändigen
links-about = Ein Link öffnet eine Seite für eine behandelte Person, ohne Konto, bis zu seinem letzten Tag. Wer ihn hat, kann ihn öffnen: Händigen Sie ihn selbst aus.
links-purpose = Wofür
links-intake = Fragen vor dem Besuch beantworten
links-plan = Plan, Nachsorge und Nachrichten lesen
links-report = Ein Problem melden
links-days = Gilt so viele Tage
links-days-number = geben Sie eine Anzahl von Tagen an
links-choose = wählen Sie, wofür der Link ist
links-make = Link erstellen
links-made = Ein neuer Link
links-once = Er wird nur dieses eine Mal gezeigt: Die Praxis behält ihn nicht.
links-code = Code für die Kamera eines Telefons
links-works =
    { $days ->
        [one] Er gilt einen Tag.
       *[other] Er gilt { $days } Tage.
    }
links-how = Lassen Sie den Code mit der Kamera lesen, oder drucken Sie diese Seite aus und händigen Sie sie aus. Lassen Sie ihn sonst niemanden sehen.
links-all = Alle Links dieser Akte
links-handed-out = Ausgehändigt
links-made-at = Erstellt
links-until = Bis
links-state = Stand
links-works-now = gilt
links-expired = abgelaufen
links-revoked = widerrufen { $when }
links-used = benutzt { $when }
links-revoke = Widerrufen
links-revoke-one = Widerrufen: { $purpose }, erstellt { $when }
