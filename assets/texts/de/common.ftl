# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } und { $last }
key-back = Zurück
key-choose = Auswählen
key-move = Bewegen
key-cancel = Abbrechen
key-leave = Beenden
key-start = Start
