# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } et { $last }
list-others = { $count } de plus
key-back = Retour
key-choose = Choisir
key-move = Se déplacer
key-scroll = Défiler
key-cancel = Annuler
key-leave = Quitter
key-start = Accueil
io-missing = rien ne porte ce nom
io-denied = tenfoot n’en a pas le droit
io-full = il n’y a plus de place
io-read-only = on ne peut qu’y lire
