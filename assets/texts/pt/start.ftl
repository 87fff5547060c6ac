# The start screen, and what it tells about before.

start-title = Entre com o celular
start-gives = Veja { $channels } nesta TV. Nada é digitado aqui.
start-gives-plain = Nada é digitado nesta TV.
start-account = Com sua conta em { $host }
start-guests = O convidado é desconectado ao sair, e nada fica nesta TV.
start-sign-in = Entrar
start-guest = Como convidado
start-add = Adicionar pessoa
start-demo = Testar a demo
start-again = Procurar de novo
start-who = Quem é você?
start-set-up-title = Nada configurado ainda
start-set-up-file = O tenfoot lê um arquivo que diz onde entrar e o que mostrar. Ele fica aqui:
start-set-up-more = “tenfoot config example” mostra um arquivo inicial. A demo não precisa de arquivo nem de conta.
start-set-up-example = “tenfoot config example” mostra um arquivo inicial.
start-demo-approve =
    Demo: aprove em um navegador em
    { $address }
start-demo-open = Qualquer pessoa nesta rede pode abrir a página e a API desta demo, e nada é criptografado. É só para testar em casa.
start-demo-alone = Nenhuma rede encontrada: por enquanto só este aparelho pode abrir a página. { $more }
start-cancelled = Cancelado. O código não vale mais nesta TV.
start-guest-gone = O convidado saiu, e nada fica nesta TV.
start-session-gone = { $name } não está mais conectado aqui. Escolha “{ start-add }”.
start-of = { $name }: { $why }
start-sign-in-again = { $name } precisa entrar de novo.
start-signed-out =
    { $known ->
        [0] Você saiu da conta.
       *[other] { $name } saiu da conta.
    }
start-browser = { $done } O navegador do celular pode continuar conectado a { $host }.
start-listed = { $done } Esta TV ainda pode aparecer na sua conta em { $host }.
start-signed-out-but = { $done } { $why }
start-not-deleted = Não foi possível apagar a sessão desta TV. { $why }
start-other-provider = A configuração indica agora { $host }. A sessão em { $before } é mantida, mas não é usada.
start-other-client = A configuração indica agora outro aplicativo em { $host }, ou outro local para as sessões: entre novamente.
