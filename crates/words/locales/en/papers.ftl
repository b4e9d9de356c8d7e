# The documents of a chart.
paper-title = Documents
paper-about = To hand out and to file. Each is an accessible PDF in the language that you read now, and names the versions that it rests on.
paper-plan = Plan
paper-plan-about = The course with its days, depths and reviews; what to expect; what else could be done; risks and sources.
paper-consent = Consent
paper-consent-about = What was discussed and agreed to, purpose by purpose, and what was taken back.
paper-aftercare = After-care
paper-aftercare-about = What to do by hour and by day, and when to call.
paper-progress = Progress
paper-progress-about = What was expected and what came of it, with pictures where the patient agrees to them.
paper-chart = The whole chart
paper-chart-about = Every entry in order, with who wrote it and when; what was struck out is shown as such.
paper-not-yet = There is not enough in the chart for this document yet: ask, examine and screen first.
