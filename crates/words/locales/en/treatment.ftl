# The treatment day, the answer of its gate, and the session.
treatment-title = Treatment day
treatment-about = What can have changed is asked again today, and what is prepared is written down. Then the rules answer. What nobody knows refuses.
treatment-first-intake = History and wishes were not asked yet. A treatment day is built on them.
treatment-first-examination = The skin was not examined yet. A treatment day is built on an examination.
treatment-to-intake = Ask history and wishes
treatment-to-examination = Examine the skin
treatment-asked = Asked again today
treatment-asked-hint = Ask each of these today: none is filled in for you. Beside each stands what was said on { $date }.
treatment-pregnant = Is the patient pregnant, or could the patient be?
treatment-breast-feeding = Is the patient breast-feeding?
treatment-group-day = Today
treatment-since = On which day
treatment-note = In words
treatment-last = Last time: { $answer }
treatment-last-with-day = Last time: { $answer }, { $date }
treatment-carried = Carried over
treatment-carried-from =
    { $count ->
        [one] One answer of { $date } is not asked again.
       *[other] { $count } answers of { $date } are not asked again.
    }
treatment-carried-yes =
    { $count ->
        [one] One of them is yes.
       *[other] { $count } of them are yes.
    }
treatment-carried-open =
    { $count ->
        [one] One is not known: correct it in the intake first, if you can.
       *[other] { $count } are not known: correct them in the intake first, if you can.
    }
treatment-carried-show = Show what is carried over
treatment-carried-confirm = Does it still hold?
treatment-carried-confirmed = I have gone through these answers with the patient: they still hold
treatment-carried-missing = confirm what is carried over, or correct it in the intake first
treatment-question = Question
treatment-answer = Answer
treatment-seen = Seen today
treatment-iga = Acne today (IGA)
treatment-iga-0 = 0: clear
treatment-iga-1 = 1: almost clear
treatment-iga-2 = 2: mild
treatment-iga-3 = 3: moderate
treatment-iga-4 = 4: severe
treatment-pustules = Any pustule or nodule in the treatment area?
treatment-scars-carried = Scars and skin type are as they were examined on { $date }. If they have changed:
treatment-consent = Consent
treatment-consent-of = The patient consented to treatment on { $date }.
treatment-consent-withdrawn = Consent to treatment was taken back on { $date }.
treatment-consent-none = There is no consent to treatment in this chart.
treatment-consent-page = Talk it through and record consent
treatment-who = Who treats, with what
treatment-operator = The clinic's records of { $name }: trained: { $trained }; training valid until: { $until }; deepest needle: { $depth }; premises permitted: { $premises }.
treatment-no-day = no day recorded
treatment-cartridge = Needle cartridge
treatment-udi = Code on the pack (UDI)
treatment-udi-hint = Scan it or type it, for example (01)09506000134352(17)271130(10)A12. It fills in lot and last day of use.
treatment-lot = Lot
treatment-expires = Last day of use
treatment-sterile = Is the sterile pack intact?
treatment-used = Was the cartridge used before, on anyone?
treatment-zones = Zones and depth
treatment-zones-hint = Zones with scars come first, with the depth that a plan made today would begin with. Leave a zone empty if it is not needled today.
treatment-other-zones = Other zones
treatment-zone = Zone
treatment-depth = Depth in µm
treatment-depth-of = Depth in µm: { $zone }
treatment-proposed = Proposed
treatment-cap = At most
treatment-cap-on-scars = (on scars { $depth })
treatment-anaesthetic = Anaesthetic
treatment-anaesthetic-not-said = Not said
treatment-anaesthetic-none = None is used
treatment-product = Product
treatment-amount = Amount in g
treatment-area = Area in cm²
treatment-contact = Contact in minutes
treatment-occluded = Covered with a film?
treatment-limits = What the labels allow
treatment-max-per-area = g per cm²
treatment-max-amount = g in all
treatment-max-area = cm²
treatment-max-contact = minutes
treatment-prescriber =
    { $count ->
        [one] A prescriber has decided against one rule in this chart. Only a prescriber can take that decision into a treatment day: let them ask, or expect a refusal.
       *[other] A prescriber has decided against { $count } rules in this chart. Only a prescriber can take those decisions into a treatment day: let them ask, or expect a refusal.
    }
treatment-override = { $rule }: decided otherwise by { $name }: { $reason }
treatment-button = May the session begin?

udi-not-understood = this code is not understood (GS1 and HIBCC are): scan it again, or leave it empty and type lot and last day of use
udi-check-digit = this code was read wrong (its check digit does not fit): scan it again
udi-no-such-day = this code names a day that does not exist: scan it again
udi-typed-otherwise = the code says another lot or another day than what is typed beside it: look at the pack

verdict-permitted = Permitted
verdict-precautions = Permitted, with precautions
verdict-refused = Refused
verdict-asked-for = { $date } · { $operator } · { $device } · lot { $lot }
verdict-no-longer = Something was written into the chart since, and the session may no longer begin. Ask again.
verdict-against = What stands against it
verdict-steps = Steps to take
verdict-do = Do
verdict-clears = It is cleared
verdict-unanswered = Not answered
verdict-overridden = Decided otherwise by { $name }: { $reason }
verdict-rests-on = What it rests on: { $rules } rules and { $checks } checks
verdict-sources = Sources: { $ids }
verdict-day = The day
verdict-consent = Consent
verdict-operator = Who treats
verdict-cartridge = Cartridge
verdict-anaesthetic = Anaesthetic
verdict-to-session = Record the session
verdict-given = The session of today is recorded.
verdict-again = Correct and ask again
verdict-other-rules = The rules have changed since this was answered; this is what was written down.

session-title = Session
session-not-permitted = There is no session to record: the treatment day was not asked about today, or it was refused.
session-given = The session of today is already recorded.
session-to-gate = To the treatment day
session-operator = Treats
session-zones-hint = Write down what each zone really received. Empty the depth of a zone that was left out.
session-depth = Depth set, in µm
session-depth-hint = permitted: { $depth }
session-passes = Passes
session-passes-hint = usual: { $min } to { $max }
session-endpoint = Endpoint reached
session-endpoint-unknown = Not recorded
session-endpoint-erythema = Redness only
session-endpoint-bleeding = Pinpoint bleeding
session-products = What else was put on the skin
session-products-hint = Gel, serum, mask or cream, by the name on the label. With the lot, a recall finds this patient.
session-product = Product { $number }
session-product-lot = Lot of product { $number }
session-note = Note
session-no-zone = write down at least one zone
session-button = Record the session
session-event = Something went wrong
session-timer = Anaesthetic
session-timer-about = { $product }: { $minutes } minutes planned.
session-put-on = Put on at
session-timer-button = When does it come off?
session-timer-off = On at { $on }, off at { $off }
session-timer-latest = By its label at { $latest } at the latest.
session-timer-left = 0 min left
session-timer-over = Time is over: wipe it off completely.
session-timer-wipe = Wipe it off completely before the first pass, and never put it on again over needled skin. Tingling round the mouth, ringing in the ears, dizziness: wipe off, stop, call for help.
