# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } e { $last }
key-back = Voltar
key-choose = Escolher
key-move = Mover
key-cancel = Cancelar
key-leave = Sair
key-start = Início
