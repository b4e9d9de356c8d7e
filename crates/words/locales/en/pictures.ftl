# Pictures: taken, shown, compared.
pictures-title = Pictures
pictures-take = Take pictures
pictures-take-hint = JPEG or PNG, at most { $megabytes } MB at a time. Place and camera data are taken out of what is shown.
pictures-on = Taken on
pictures-note = Note
pictures-keep = Keep these pictures
pictures-protocol = How photographs are taken
pictures-first = No picture of this view yet: this one becomes the baseline.
pictures-choose = File or camera: { $view }
pictures-camera = Camera
pictures-ghost = Baseline shows through
pictures-shutter = Take the picture
pictures-turn = Other camera
pictures-taken = Taken; it is kept with the form.
pictures-no-camera = The camera could not be opened: allow it for this page, or choose a file.
pictures-day-wrong = give a day that is not after today
pictures-none-chosen = choose at least one picture
pictures-some-refused = Not everything was taken in
pictures-refused = { $view } ({ $file }) was not taken in
pictures-no-consent = The patient has not consented to pictures for the chart: none is taken or shown.
pictures-withdrawn =
    { $count ->
        [0] Consent to pictures was taken back on { $date }: none is taken.
        [one] Consent to pictures was taken back on { $date }: one picture is kept sealed and is not shown.
       *[other] Consent to pictures was taken back on { $date }: { $count } pictures are kept sealed and are not shown.
    }
pictures-to-consent = To the consent
pictures-before = before the first session
pictures-at-session = on the day of session { $number }
pictures-after-session = after session { $number }
pictures-alt = { $view }, { $date }
pictures-compare = Compare
pictures-views = Views
pictures-before-label = Before
pictures-after-label = After
pictures-show = Show
pictures-only-one = There is one picture of this view only: it is shown twice.
pictures-side = Side by side
pictures-over = One over the other
pictures-slide = How much of the earlier picture
pictures-all-before = Before
pictures-half = Half and half
pictures-all-after = After
view-front = Front
view-left-oblique = Left oblique
view-right-oblique = Right oblique
view-left-profile = Left profile
view-right-profile = Right profile
view-close-up = Close-up
chart-more = More about this patient
pictures-of-event = sent with a report
