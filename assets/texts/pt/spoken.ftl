# What is said aloud, in words for the ear.

spoken-code = No celular, acesse { $address }. Digite este código: { $code }.
spoken-code-compare = No celular, acesse { $address }. Confira se a página mostra este código: { $code }.
spoken-capital = { $letter } maiúsculo
spoken-signed-in = Você entrou como { $name }.
spoken-channel = Canal { $name }
spoken-account = Conta: { $name }
spoken-items = { $count ->
    [0] Ainda não há nada aqui.
    [one] { $count } item.
   *[other] { $count } itens.
}
