# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } et { $last }
key-back = Retour
key-choose = Choisir
key-move = Se déplacer
key-cancel = Annuler
key-leave = Quitter
key-start = Accueil
