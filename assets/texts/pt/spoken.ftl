# What is said aloud, in words for the ear.

spoken-code = No celular, acesse { $address }. Digite este código: { $code }.
spoken-signed-in = Você entrou como { $name }.
spoken-channel = Canal { $name }
spoken-account = Conta: { $name }
spoken-not-you = Não é você? Sair da conta
spoken-close = Fechar
spoken-switch = Trocar de pessoa
spoken-sign-out = Sair da conta
spoken-signing-out = Saindo da conta.
spoken-loading = Carregando.
spoken-again = Tentar de novo
spoken-items = { $count ->
    [0] Ainda não há nada aqui.
    [one] { $count } item.
   *[other] { $count } itens.
}
