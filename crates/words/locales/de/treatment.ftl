# Der Behandlungstag, die Antwort darauf und die Sitzung.
treatment-title = Behandlungstag
treatment-about = Was sich geändert haben kann, wird heute neu erfragt, und was bereitliegt, wird notiert. Dann antworten die Regeln. Was niemand weiß, spricht dagegen.
treatment-first-intake = Vorgeschichte und Wünsche wurden noch nicht erfragt. Ein Behandlungstag baut darauf auf.
treatment-first-examination = Die Haut wurde noch nicht untersucht. Ein Behandlungstag baut auf einer Untersuchung auf.
treatment-to-intake = Vorgeschichte und Wünsche erfragen
treatment-to-examination = Haut untersuchen
treatment-asked = Heute neu gefragt
treatment-asked-hint = Fragen Sie jedes davon heute: Nichts ist für Sie ausgefüllt. Daneben steht, was am { $date } gesagt wurde.
treatment-pregnant = Besteht eine Schwangerschaft, oder könnte eine bestehen?
treatment-breast-feeding = Wird gestillt?
treatment-group-day = Heute
treatment-since = An welchem Tag
treatment-note = In Worten
treatment-last = Letztes Mal: { $answer }
treatment-last-with-day = Letztes Mal: { $answer }, { $date }
treatment-carried = Übernommen
treatment-carried-from =
    { $count ->
        [one] Eine Antwort vom { $date } wird nicht neu gefragt.
       *[other] { $count } Antworten vom { $date } werden nicht neu gefragt.
    }
treatment-carried-yes =
    { $count ->
        [one] Eine davon ist Ja.
       *[other] { $count } davon sind Ja.
    }
treatment-carried-open =
    { $count ->
        [one] Eine ist nicht bekannt: Berichtigen Sie sie wenn möglich zuerst in der Anamnese.
       *[other] { $count } sind nicht bekannt: Berichtigen Sie sie wenn möglich zuerst in der Anamnese.
    }
treatment-carried-show = Übernommene Antworten zeigen
treatment-carried-confirm = Gilt das noch?
treatment-carried-confirmed = Ich bin diese Antworten im Gespräch durchgegangen: Sie gelten noch
treatment-carried-missing = bestätigen Sie, was übernommen wird, oder berichtigen Sie es zuerst in der Anamnese
treatment-question = Frage
treatment-answer = Antwort
treatment-seen = Heute gesehen
treatment-iga = Akne heute (IGA)
treatment-iga-0 = 0: erscheinungsfrei
treatment-iga-1 = 1: fast erscheinungsfrei
treatment-iga-2 = 2: leicht
treatment-iga-3 = 3: mittelschwer
treatment-iga-4 = 4: schwer
treatment-pustules = Pusteln oder Knoten im Behandlungsgebiet?
treatment-scars-carried = Narben und Hauttyp gelten wie am { $date } untersucht. Falls sie sich geändert haben:
treatment-consent = Einwilligung
treatment-consent-of = In die Behandlung wurde am { $date } eingewilligt.
treatment-consent-withdrawn = Die Einwilligung in die Behandlung wurde am { $date } widerrufen.
treatment-consent-none = In dieser Akte steht keine Einwilligung in die Behandlung.
treatment-consent-page = Besprechen und Einwilligung festhalten
treatment-who = Wer behandelt, womit
treatment-operator = Die Unterlagen der Praxis über { $name }: geschult: { $trained }; Schulung gültig bis: { $until }; tiefste Nadel: { $depth }; Räume zugelassen: { $premises }.
treatment-no-day = kein Tag vermerkt
treatment-cartridge = Nadelaufsatz
treatment-udi = Code auf der Packung (UDI)
treatment-udi-hint = Einlesen oder eintippen, zum Beispiel (01)09506000134352(17)271130(10)A12. Charge und Verwendbarkeit werden daraus ausgefüllt.
treatment-lot = Charge
treatment-expires = Verwendbar bis
treatment-sterile = Ist die sterile Verpackung unversehrt?
treatment-used = Wurde der Aufsatz schon einmal benutzt, bei wem auch immer?
treatment-zones = Zonen und Tiefe
treatment-zones-hint = Zonen mit Narben stehen zuerst, mit der Tiefe, mit der ein heute erstellter Plan beginnen würde. Lassen Sie eine Zone leer, wenn sie heute nicht genadelt wird.
treatment-other-zones = Weitere Zonen
treatment-zone = Zone
treatment-depth = Tiefe in µm
treatment-depth-of = Tiefe in µm: { $zone }
treatment-proposed = Vorschlag
treatment-cap = Höchstens
treatment-cap-on-scars = (auf Narben { $depth })
treatment-anaesthetic = Betäubung
treatment-anaesthetic-not-said = Keine Angabe
treatment-anaesthetic-none = Es wird keine verwendet
treatment-product = Mittel
treatment-amount = Menge in g
treatment-area = Fläche in cm²
treatment-contact = Einwirkzeit in Minuten
treatment-occluded = Mit Folie abgedeckt?
treatment-limits = Was die Packungsangaben erlauben
treatment-max-per-area = g je cm²
treatment-max-amount = g insgesamt
treatment-max-area = cm²
treatment-max-contact = Minuten
treatment-prescriber =
    { $count ->
        [one] In dieser Akte wurde ärztlich gegen eine Regel entschieden. Nur wer verordnen darf, kann diese Entscheidung auf einen Behandlungstag übertragen: Lassen Sie diese Person fragen, sonst ist mit einer Ablehnung zu rechnen.
       *[other] In dieser Akte wurde ärztlich gegen { $count } Regeln entschieden. Nur wer verordnen darf, kann diese Entscheidungen auf einen Behandlungstag übertragen: Lassen Sie diese Person fragen, sonst ist mit einer Ablehnung zu rechnen.
    }
treatment-override = { $rule }: anders entschieden von { $name }: { $reason }
treatment-button = Darf die Sitzung beginnen?

udi-not-understood = dieser Code wird nicht verstanden (GS1 und HIBCC schon): Lesen Sie ihn neu ein, oder lassen Sie ihn leer und tippen Sie Charge und Verwendbarkeit ein
udi-check-digit = dieser Code wurde falsch gelesen (die Prüfziffer stimmt nicht): Lesen Sie ihn neu ein
udi-no-such-day = dieser Code nennt einen Tag, den es nicht gibt: Lesen Sie ihn neu ein
udi-typed-otherwise = der Code nennt eine andere Charge oder einen anderen Tag als das Feld daneben: Sehen Sie auf der Packung nach

verdict-permitted = Erlaubt
verdict-precautions = Erlaubt, mit Vorsichtsmaßnahmen
verdict-refused = Abgelehnt
verdict-asked-for = { $date } · { $operator } · { $device } · Charge { $lot }
verdict-no-longer = Seither wurde etwas in die Akte geschrieben, und die Sitzung darf nicht mehr beginnen. Fragen Sie neu.
verdict-against = Was dagegen spricht
verdict-steps = Was zu tun ist
verdict-do = Zu tun
verdict-clears = Erledigt ist es
verdict-unanswered = Nicht beantwortet
verdict-overridden = Anders entschieden von { $name }: { $reason }
verdict-rests-on = Worauf das beruht: { $rules } Regeln und { $checks } Prüfungen
verdict-sources = Quellen: { $ids }
verdict-day = Der Tag
verdict-consent = Einwilligung
verdict-operator = Wer behandelt
verdict-cartridge = Nadelaufsatz
verdict-anaesthetic = Betäubung
verdict-to-session = Sitzung festhalten
verdict-given = Die heutige Sitzung ist festgehalten.
verdict-again = Berichtigen und neu fragen
verdict-other-rules = Die Regeln haben sich seit dieser Antwort geändert; gezeigt wird, was damals festgehalten wurde.

session-title = Sitzung
session-not-permitted = Es gibt keine Sitzung festzuhalten: Nach dem Behandlungstag wurde heute nicht gefragt, oder er wurde abgelehnt.
session-given = Die heutige Sitzung ist bereits festgehalten.
session-to-gate = Zum Behandlungstag
session-operator = Behandelt
session-zones-hint = Notieren Sie, was jede Zone tatsächlich bekommen hat. Leeren Sie die Tiefe einer Zone, die ausgelassen wurde.
session-depth = Eingestellte Tiefe in µm
session-depth-hint = erlaubt: { $depth }
session-passes = Durchgänge
session-passes-hint = üblich: { $min } bis { $max }
session-endpoint = Erreichter Endpunkt
session-endpoint-unknown = Nicht notiert
session-endpoint-erythema = Nur Rötung
session-endpoint-bleeding = Punktförmige Blutung
session-products = Was sonst auf die Haut kam
session-products-hint = Gel, Serum, Maske oder Creme, mit dem Namen auf der Packung. Mit der Charge findet ein Rückruf diese Person.
session-product = Mittel { $number }
session-product-lot = Charge von Mittel { $number }
session-note = Notiz
session-no-zone = notieren Sie mindestens eine Zone
session-button = Sitzung festhalten
session-event = Etwas ist schiefgegangen
session-timer = Betäubung
session-timer-about = { $product }: { $minutes } Minuten geplant.
session-put-on = Aufgetragen um
session-timer-button = Wann kommt sie ab?
session-timer-off = Aufgetragen um { $on }, ab um { $off }
session-timer-latest = Nach der Packungsangabe spätestens um { $latest }.
session-timer-left = noch 0 Min.
session-timer-over = Die Zeit ist um: vollständig abwischen.
session-timer-wipe = Vor dem ersten Durchgang vollständig abwischen und nie wieder auf genadelte Haut auftragen. Kribbeln um den Mund, Ohrensausen, Schwindel: abwischen, aufhören, Hilfe holen.
