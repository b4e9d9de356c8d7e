# Die Unterlagen einer Akte.
paper-title = Unterlagen
paper-about = Zum Mitgeben und Ablegen. Jede ist ein barrierefreies PDF in der Sprache, die Sie gerade lesen, und nennt die Fassungen, auf denen sie beruht.
paper-plan = Plan
paper-plan-about = Der Ablauf mit Tagen, Tiefen und Bewertungen; was zu erwarten ist; was sonst möglich wäre; Risiken und Quellen.
paper-consent = Einwilligung
paper-consent-about = Was besprochen und vereinbart wurde, Zweck für Zweck, und was zurückgenommen wurde.
paper-aftercare = Nachsorge
paper-aftercare-about = Was stunden- und tageweise zu tun ist, und wann Sie anrufen sollen.
paper-progress = Verlauf
paper-progress-about = Was erwartet wurde und was daraus geworden ist, mit Bildern, soweit eingewilligt ist.
paper-chart = Die ganze Akte
paper-chart-about = Jeder Eintrag der Reihe nach, mit Person und Zeit; Gestrichenes ist als solches gezeigt.
paper-not-yet = Für diese Unterlage steht noch nicht genug in der Akte: zuerst befragen, untersuchen und prüfen.
