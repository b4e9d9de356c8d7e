# Der Rahmen jeder Seite, die Türen, und was schiefgeht.
product = Resurface
product-about = Microneedling bei atrophen Aknenarben
skip-to-content = Zum Inhalt springen
demonstration = Vorführpraxis: Hinter diesen Akten steht niemand.
language = Sprache
sign-out = Abmelden
menu = Menü
nav-worklist = Arbeitsliste
nav-new-chart = Neue Person
nav-recall = Rückruf
nav-outcomes = Ergebnisse
nav-users = Konten
nav-settings = Einstellungen
nav-audit = Zugriffe
nav-account = Mein Konto
footer-decides = Die Behandelnden entscheiden. Jede Antwort nennt ihre Regeln, ihr Modell und ihre Quellen. Die klinischen Texte sind unsere Übersetzung aus dem Englischen, nicht klinisch geprüft.
footer-version = Resurface { $version }, Wissen { $knowledge }
back = Zurück
save = Speichern
cancel = Abbrechen
yes = Ja
no = Nein
unknown = Nicht bekannt
optional = freiwillig
faults-title =
    { $count ->
        [one] Eine Angabe ist zu berichtigen
       *[other] { $count } Angaben sind zu berichtigen
    }
faults-kept = Ihre Eingaben sind erhalten. Nichts wurde gespeichert.
fault-allowed = Erlaubt: { $allowed }

sign-in-title = Anmelden
sign-in-name = Name
sign-in-password = Kennwort
sign-in-code = Code aus Ihrer App
sign-in-code-hint = Sechs Ziffern oder ein Ersatzcode. Leer lassen, wenn Sie keinen eingerichtet haben.
sign-in-button = Anmelden
step-up-title = Noch einmal Ihr Kennwort
step-up-why = Vorhaben: { $what }. Dafür wird das Kennwort von { $name } noch einmal verlangt.
step-up-button = Weiter
passkey-sign-in = Mit Passkey anmelden
passkey-step-up = Stattdessen den Passkey zeigen
passkey-cancelled = Es wurde nichts gesendet: Der Vorgang wurde abgebrochen oder dauerte zu lange. Noch einmal versuchen oder das Kennwort verwenden.
passkey-failed = Der Passkey konnte nicht abgefragt werden. Die Seite neu laden oder das Kennwort verwenden.
passkey-wait = Zu viele Versuche mit diesem Passkey: einige Minuten warten oder das Kennwort verwenden.
passkey-needed = das Kennwort stimmt, und es braucht noch einen Passkey: damit anmelden. Wo keiner zur Hand ist, braucht es Codes aus einer App; sie werden auf der Seite des eigenen Kontos eingerichtet
passkey-refused-too-late = der Passkey wurde vor mehr als fünf Minuten abgefragt oder hat schon geantwortet: noch einmal versuchen
passkey-refused-not-right = die Antwort des Passkeys passt nicht zur Frage: noch einmal versuchen oder das Kennwort verwenden
passkey-refused-other-address = der Passkey hat einer Seite mit anderer Adresse geantwortet: die Praxis unter ihrer eigenen Adresse öffnen
passkey-refused-unknown = dieser Passkey ist hier nicht bekannt oder gehört nicht zu Ihnen: einen anderen oder das Kennwort verwenden
passkey-refused-already-there = diesen Passkey gibt es schon
passkey-refused-too-many = mehr Passkeys gehen nicht: erst einen entfernen
passkey-refused-copy = dieser Passkey hat wie eine Kopie seiner selbst geantwortet und gilt nicht: anders anmelden, ihn entfernen und neu hinzufügen
passkey-refused-not-verified = das Gerät hat nicht gefragt, wer Sie sind: PIN, Fingerabdruck oder Gesicht einrichten und noch einmal versuchen
passkey-refused-not-built = dieses Programm wurde ohne Passkeys gebaut: das Kennwort verwenden

problem-title = Das hat nicht geklappt
problem-forbidden = Das dürfen Sie nicht
problem-missing = Diese Seite gibt es nicht
problem-moved = Inzwischen hat jemand anderes in diese Akte geschrieben
problem-wait = Zu viele Versuche
problem-too-large = Das ist zu groß
problem-too-slow = Das hat zu lange gedauert. Sehen Sie nach, ob es geschehen ist, bevor Sie es noch einmal versuchen.
problem-broken = Mit den Daten der Praxis stimmt etwas nicht
problem-form-stale = Dieses Formular wurde vor Ihrer neuen Anmeldung geöffnet. Öffnen Sie es neu und wiederholen Sie Ihre Eingaben.
problem-back-to-work = Zur Arbeitsliste
problem-nothing-saved = Nichts wurde geändert.

worklist-title = Arbeitsliste
worklist-today = { $date }
worklist-search = Name oder Nummer
worklist-step = Nächster Schritt
worklist-all-steps = Alle Schritte
worklist-find = Suchen
worklist-count =
    { $count ->
        [one] Eine Akte
       *[other] { $count } Akten
    }
worklist-shown = { $shown } von { $count } Akten
worklist-patient = Person
worklist-next = Als Nächstes
worklist-due = Fällig
worklist-why = Warum
worklist-overdue =
    { $days ->
        [one] seit einem Tag überfällig
       *[other] seit { $days } Tagen überfällig
    }
worklist-due-today = heute
worklist-no-day = ohne Tag
worklist-empty = Keine Akte passt. Ändern Sie die Suche, oder nehmen Sie eine neue Person auf.
worklist-unreadable = Nicht lesbar: { $id }. Zuerst darum kümmern: „resurface verify“ ausführen.
worklist-page = Seite { $page } von { $pages }
worklist-previous = Zurück
worklist-following = Nächste Seite
