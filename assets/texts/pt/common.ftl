# What several screens say.

said = { $words }
list-more = { $most }, { $next }
list-last = { $most } e { $last }
list-others = mais { $count }
key-back = Voltar
key-choose = Escolher
key-move = Mover
key-scroll = Rolar
key-cancel = Cancelar
key-leave = Sair do app
key-start = Início
io-missing = não há nada com esse nome
io-denied = o tenfoot não tem permissão
io-full = não há mais espaço
io-read-only = só é possível ler
