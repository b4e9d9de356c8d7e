# Die Praxis führen: Rückruf, Konten, das eigene Konto, Zugriffsprotokoll, Notfälle.
recall-title = Rückruf
recall-about = Alle, die mit einer Kartusche einer Charge behandelt wurden oder für die eine bereitlag.
recall-lot = Chargennummer
recall-lot-hint = Wie auf der Packung gedruckt. Leerzeichen und Großschreibung spielen keine Rolle.
recall-find = Suchen
recall-none = Mit Charge { $lot } wurde niemand behandelt, und sie lag für niemanden bereit.
recall-count =
    { $count ->
        [one] Eine Person zu Charge { $lot }
       *[other] { $count } Personen zu Charge { $lot }
    }
recall-contact = Erreichbar
recall-no-contact = nichts vermerkt
recall-given = Behandelt am
recall-prepared = Bereitgelegt am, nicht behandelt
recall-damaged = Diese Akte ist beschädigt. Sie nennt die Charge irgendwo: Sehen Sie sie von Hand durch.
recall-csv = Als Tabelle speichern (CSV)

role-practitioner = Behandelnde Person
role-prescriber = Ärztlich entscheidend
role-assistant = Assistenz
role-lead = Leitung
role-patient = Patient oder Patientin
roles-none = keine Rolle
role-practitioner-hint = untersucht, plant, behandelt, beurteilt
role-prescriber-hint = behandelt und darf auch gegen eine relative Kontraindikation entscheiden
role-assistant-hint = nimmt auf, hilft bei der Vorgeschichte, macht Bilder
role-lead-hint = Konten, Einstellungen, Zugriffsprotokoll, Ergebnisse, Rückruf

users-title = Konten
users-add = Konto anlegen
users-name = Name
users-sign-in-name = Meldet sich an als
users-roles = Rollen
users-training = Schulung
users-state = Konto
users-on = eingeschaltet
users-off = abgeschaltet
users-you = Sie
training-none = behandelt nicht
training-unknown = Schulung nicht vermerkt
training-until = geschult, bis { $date }
training-over = Schulung abgelaufen am { $date }
training-yes = geschult, kein Ende vermerkt
training-no = nicht geschult

user-new-title = Neues Konto
user-name = Name zum Anmelden
user-name-hint = Kleinbuchstaben, Ziffern, Punkte, Unter- und Bindestriche; 2 bis 64 Zeichen.
user-display-name = Name, den andere lesen
user-display-name-hint = Wie im Register. Er steht neben jedem Eintrag.
user-password = Erstes Kennwort
user-password-hint = Mindestens 12 Zeichen; vier zufällige Wörter sind gut. Es wird nach der ersten Anmeldung geändert.
user-operator = Behandeln
user-operator-about = Die Prüfung am Behandlungstag liest diese Angaben und lehnt ab, was nicht bekannt ist.
user-profession = Beruf
profession-none = behandelt nicht
profession-dermatologist = Hautärztin oder Hautarzt
profession-doctor = Ärztin oder Arzt eines anderen Fachs
profession-nurse = Pflegefachperson
profession-practitioner = Geschulte Fachperson
user-trained = In Microneedling geschult?
user-training-until = Schulung gilt bis
user-depth-limit = Größte erlaubte Nadeltiefe (µm)
user-premises = Haben die Räume die Genehmigung, die hier verlangt wird?
user-save-roles = Rollen speichern
user-save-operator = Angaben speichern
user-switch-off = Abschalten
user-switch-off-about = Das Konto darf nichts mehr; was damit getan wurde, behält seinen Namen.
user-switch-on = Wieder einschalten
user-end = Alle Anmeldungen beenden
user-passkeys-about = { $count ->
    [one] Es gibt einen Passkey. Wird er entfernt, enden alle Anmeldungen; dann öffnet das Kennwort, mit einem Code, wo einer eingerichtet ist.
   *[other] Es gibt { $count } Passkeys. Werden sie entfernt, enden alle Anmeldungen; dann öffnet das Kennwort, mit einem Code, wo einer eingerichtet ist.
}
user-passkeys = Passkeys entfernen
user-end-about = Wenn ein Telefon oder ein Rechner verloren ging. Eine neue Anmeldung ist möglich.
user-new-password = Neues Kennwort
user-new-password-about = Beendet alle Anmeldungen des Kontos.
user-lost-phone = Auch das Telefon ist verloren
user-lost-phone-hint = Codes und Passkeys entfallen; neue werden nach der nächsten Anmeldung eingerichtet.
user-changed = Geändert.
user-back = Alle Konten

account-title = Mein Konto
account-roles = Ihre Rollen: { $roles }
account-password-title = Kennwort ändern
account-current = Bisheriges Kennwort
account-new = Neues Kennwort
account-again = Neues Kennwort, noch einmal
account-new-hint = Mindestens 12 Zeichen; vier zufällige Wörter sind gut.
account-not-same = die beiden sind nicht gleich: zweimal dasselbe eingeben
account-change = Kennwort ändern
account-change-about = Alle Ihre Anmeldungen enden; Sie melden sich mit dem neuen Kennwort wieder an.
account-changed = Das Kennwort ist geändert. Melden Sie sich mit dem neuen an.
account-factor-title = Codes aus einer App
account-factor-about = Ein zweiter Faktor: Ohne Ihr Telefon meldet sich niemand als Sie an, gleich was bekannt wurde.
account-factor-on =
    { $count ->
        [0] Eingeschaltet. Kein Ersatzcode ist übrig: Richten Sie die Codes neu ein.
        [one] Eingeschaltet. Ein Ersatzcode ist übrig.
       *[other] Eingeschaltet. { $count } Ersatzcodes sind übrig.
    }
account-factor-off = Ausgeschaltet. Ihr Kennwort allein öffnet Ihr Konto.
account-factor-passkey = Ausgeschaltet. Ihr Passkey ist Ihr zweiter Faktor. Codes öffnen auch dort, wo kein Passkey zur Hand ist.
account-factor-begin = Codes einrichten
account-factor-anew = Neu einrichten
factor-title = Codes aus einer App einrichten
factor-or-passkey = Auch ein Passkey ist ein zweiter Faktor.
factor-scan = Lesen Sie dies mit Ihrer Authenticator-App ein
factor-qr-alt = QR-Code für Ihre Authenticator-App; dasselbe wie das Geheimnis daneben
factor-type = Oder geben Sie dieses Geheimnis in der App ein
factor-code = Code, den die App jetzt zeigt
factor-code-hint = Sechs Ziffern. Von da an ist zum Anmelden ein Code nötig.
factor-confirm = Bestätigen
factor-wrong = der Code stimmt nicht: warten Sie den nächsten ab und prüfen Sie, ob die Uhr des Telefons richtig geht
factor-over = Es war nichts zu bestätigen: Beginnen Sie neu.
factor-done = Die Codes sind eingerichtet
factor-recovery = Ersatzcodes
factor-recovery-about = Falls das Telefon verloren geht. Jeder gilt einmal. Sie werden nur dieses eine Mal gezeigt: Drucken Sie sie oder schreiben Sie sie auf, und bewahren Sie sie getrennt vom Telefon auf.
factor-recovery-done = Ich habe sie aufbewahrt
passkeys-title = Passkeys
passkeys-about = Ihr Telefon, Ihr Computer oder ein Sicherheitsschlüssel meldet Sie an: ohne Kennwort, ohne Code. Vorher fragt das Gerät nach Fingerabdruck, Gesicht oder PIN.
passkeys-count = { $count ->
    [one] Eingeschaltet. Sie haben einen Passkey.
   *[other] Eingeschaltet. Sie haben { $count } Passkeys.
}
passkeys-begin = Passkey einrichten
passkeys-change = Passkeys hinzufügen oder entfernen
passkey-add = Passkey hinzufügen
passkey-add-button = Mit diesem Browser hinzufügen
passkey-name = Name
passkey-name-hint = Woran Sie ihn wiedererkennen: Telefon, Computer in Raum 2.
passkey-name-missing = einen Namen angeben, an dem Sie ihn wiedererkennen
passkey-added = Hinzugefügt
passkey-used = Zuletzt benutzt
passkey-never = Noch nie benutzt
passkey-remove = Entfernen
passkey-remove-this = { $name } entfernen
passkey-not-here = Hier lässt sich kein Passkey hinzufügen: Es braucht einen Browser mit Skripten, der Passkeys kennt, und diese Adresse:
passkey-first = Sie haben einen Passkey und keine Codes: zuerst den Passkey zeigen. Das Kennwort gilt danach fünf Minuten lang.
passkey-first-link = Passkey zeigen

audit-title = Zugriffsprotokoll
audit-about = Wer was getan hat und was abgelehnt wurde; das Neueste zuerst. Auch dass es gelesen wurde, wird festgehalten.
audit-patient = Nummer einer Person
audit-no-patient = keine Akte hat diese Nummer
audit-person = Von wem
audit-anybody = alle
audit-since = Ab Tag
audit-outcome = Ergebnis
audit-all = alles
audit-failures = nur Abgelehntes und Misslungenes
audit-show = Zeigen
audit-when = Wann
audit-who = Wer
audit-what = Was
audit-whom = Über wen
audit-came = Ergebnis
audit-allowed = getan
audit-denied = abgelehnt: { $missing }
audit-failed = misslungen
audit-unreadable = Diese Zeile ist nicht lesbar: „resurface verify“ ausführen.
audit-console = am Rechner der Praxis
audit-link = Link einer Person
audit-nobody = niemand Bekanntes
audit-no-lines = Nichts gefunden.
audit-most = Gezeigt werden die neuesten { $count } Zeilen. Grenzen Sie die Suche ein, um andere zu sehen.
audit-emergencies = Im Notfall geöffnet
audit-to-emergencies = Im Notfall geöffnete Akten
audit-emergencies-about = Jede Notfallöffnung, und was damit geöffnet wurde.
audit-reason = Grund: { $reason }

glass-title = Eine Akte im Notfall öffnen
glass-about = Für eine Stunde, für eine Person. Ihr Name und Ihr Grund werden festgehalten, und die Leitung der Praxis liest sie.
glass-search = Name oder Nummer der Person
glass-find = Suchen
glass-whom = Wessen Akte
glass-none = Niemand gefunden. Schreiben Sie den Namen anders.
glass-reason = Warum diese Akte jetzt gebraucht wird
glass-reason-hint = 10 bis 500 Zeichen.
glass-open = Akte öffnen
glass-way = Ist es ein Notfall? Dann können Sie die Akte mit einem Grund öffnen.
step-up-something = weitergehen

set-up-title = Das erste Konto
set-up-about = Diese Praxis hat noch kein Konto. Sie legen das erste an, das der Leitung: Es legt weitere an, richtet die Praxis ein und liest das Zugriffsprotokoll.
set-up-display-name = Ihr Name
set-up-again = Kennwort, noch einmal
set-up-also = Was Sie außer Leiten tun
set-up-also-hint = Was über Ihre Schulung bekannt ist, wird danach unter „Konten“ vermerkt.
set-up-button = Konto anlegen
set-up-over = Dieser Link gilt nicht oder nicht mehr: Er gilt einmal und eine Stunde lang. Starten Sie das Programm neu, um einen anderen zu erhalten.

settings-title = Einstellungen
settings-about = Was diese Praxis für sich entschieden hat. Jede Änderung ergibt eine neue Fassung der Regeln; frühere Entscheidungen behalten ihre.
settings-practice = Ort und Gerät
settings-practice-about = Womit ein Formular beginnt. Es lässt sich in jedem Fall ändern.
settings-none-chosen = nicht gewählt
settings-reason = Warum
settings-reason-hint = Wer es später liest, war nicht dabei.
settings-decided = { $name }, { $date }: { $reason }
settings-changed = Von dieser Praxis entschieden
settings-shipped = Wie mit dem Programm geliefert
settings-name = Einstellung
settings-value = Wert
settings-range = Erlaubt
settings-basis = Beruht auf
settings-was = geliefert mit { $value }
settings-mark-seen = in der Quelle gelesen
settings-mark-recalled = nicht in der Quelle gelesen
settings-mark-ours = Setzung von Fachleuten
settings-changes = Eignungsprüfung, Pläne und die Prüfung am Behandlungstag richten sich von nun an nach dem neuen Wert.
settings-reset = Zurück zu { $value }
settings-sources = Quellen: { $sources }
settings-allowed = { $range } { $unit }
settings-as-shipped = wie geliefert

duty-title = Zweiter Faktor
duty-free = Alle halten es, wie sie mögen.
duty-required = Jedes Konto braucht Codes aus einer App oder einen Passkey. Wer keines von beiden hat, richtet eines davon ein, bevor anderes möglich ist.
duty-require = Von allen verlangen
duty-release = Nicht mehr verlangen

outcomes-title = Ergebnisse dieser Praxis
outcomes-about = Was die letzte Beurteilung über alle sagte, die eine Sitzung hatten. Im Plan heißt: innerhalb dessen, was für diese Person vorhergesagt war, oder besser.
outcomes-group = Gruppiert nach
outcomes-of = Gruppe
outcomes-all = Alle
outcomes-treated = Behandelt
outcomes-sessions = Sitzungen
outcomes-judged = Beurteilt
outcomes-on-course = Im Plan oder besser
outcomes-slower = Langsamer als vorhergesagt
outcomes-not-responding = Spricht nicht an
outcomes-with-event = Mit unerwünschter Wirkung
outcomes-open-event = Mit einer, die nicht vorbei ist
outcomes-by-scar_type = Nach der häufigsten Narbenart vor der Behandlung
outcomes-by-severity = Nach dem Schweregrad vor der Behandlung
outcomes-by-skin_type = Nach dem Hauttyp
outcomes-by-operator = Nach der Person, die zuletzt behandelte
outcomes-scar_type = Häufigste Narbenart
outcomes-severity = Grad nach Goodman-Baron
outcomes-skin_type = Hauttyp
outcomes-operator = Wer behandelt
outcomes-scars-ice_pick = Eispickel
outcomes-scars-boxcar = Kastenförmig
outcomes-scars-rolling = Wellenförmig
outcomes-scars-mixed = Gemischt, keine am häufigsten
outcomes-grade-0 = keine Narbe
outcomes-grade-1 = 1, makulär
outcomes-grade-2 = 2, leicht
outcomes-grade-3 = 3, mittel
outcomes-grade-4 = 4, schwer
outcomes-fitzpatrick = Fitzpatrick { $type }
outcomes-too-few = zu wenige
outcomes-interval = { $counted } von { $of }, { $low } bis { $high }
outcomes-small = Ein Anteil von weniger als { $least } Personen wird nicht gezeigt. Intervalle sind 95-%-Intervalle (Wilson).
outcomes-compare = Gruppen unterscheiden sich in mehr als ihrem Namen: Wer die schwereren Narben behandelt, hat den kleineren Anteil. Vergleichen Sie mit Vorsicht.
