# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } und { $last }
list-others = { $count } mehr
key-back = Zurück
key-choose = Auswählen
key-move = Bewegen
key-scroll = Blättern
key-cancel = Abbrechen
key-leave = Beenden
key-start = Start
io-missing = dort ist nichts dieses Namens
io-denied = tenfoot darf das nicht
io-full = es ist kein Platz mehr
io-read-only = dort kann nur gelesen werden
