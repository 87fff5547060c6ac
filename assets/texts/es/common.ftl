# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } y { $last }
list-others = { $count } más
key-back = Atrás
key-choose = Elegir
key-move = Moverse
key-scroll = Desplazar
key-cancel = Cancelar
key-leave = Salir
key-start = Inicio
io-missing = no hay nada con ese nombre
io-denied = tenfoot no tiene permiso
io-full = no queda espacio
io-read-only = solo se puede leer
