# The channels, and who is signed in.

signed-in-no-channels = Ainda não há canais
signed-in-no-channels-why = A configuração não indica nenhum [[channel]] para mostrar.
signed-in-stale = Não é o mais recente: { $why }
signed-in-stale-again = Não é o mais recente: { $why } Nova tentativa em { $seconds } s.
signed-in-stale-short = Não é o mais recente. Nova tentativa em { $seconds } s.
signed-in-more-failed = Não foi possível carregar mais: { $why }
signed-in-more-failed-again = Não foi possível carregar mais: { $why } Nova tentativa em { $seconds } s.
signed-in-more-failed-short = Não foi possível carregar mais. Nova tentativa em { $seconds } s.
signed-in-more-failed-key = Não foi possível carregar mais: { $why } Aperte ↓ para tentar de novo.
signed-in-more-failed-key-short = Não foi possível carregar mais. Aperte ↓ para tentar de novo.
signed-in-more-full = Há mais, mas esta lista é longa demais para esta TV.
signed-in-empty = Ainda não há nada aqui
signed-in-empty-why = { $channel } não tem nada para mostrar no momento.
signed-in-empty-so-far = As primeiras páginas de { $channel } estão vazias. Aperte ↓ para continuar procurando.
signed-in-forbidden = Você não tem acesso a isto
signed-in-busy = Um momento, por favor
signed-in-unreachable = Sem resposta
signed-in-not-stored = Não é possível salvar a sessão
signed-in-unusable = Não é possível mostrar isto
signed-in-again-in = { $why } Nova tentativa automática em { $time }.
signed-in-again = Tentar de novo
signed-in-into = Entrar
signed-in-open = Abrir
signed-in-account = Conta
signed-in-channel = Canal seguinte
signed-in-channels = Canais
signed-in-refresh = Atualizar
signed-in-loading = Carregando…
signed-in-count = { $at } de { $all }
signed-in-count-more = { $at } de { $all }+
signed-in-updating = atualizando…
signed-in-loading-more = carregando mais…
signed-in-just-now = atualizado agora
signed-in-as-of = atualizado às { $time }
signed-in-as-of-days =
    { $days ->
        [one] atualizado ontem às { $time }
       *[other] atualizado há { $days } dias, às { $time }
    }
signed-in-paused = em pausa
signed-in-as = Conectado:
signed-in-as-guest = Conectado como convidado:
signed-in-not-you = Não é você?
signed-in-close = Fechar
signed-in-switch = Trocar de pessoa
signed-in-out = Sair da conta
signed-in-signing-out = Saindo…
signed-in-guest = Convidado nesta TV
signed-in-guest-until = A sessão termina ao sair ou trocar.
signed-in-guest-short = Convidado até você sair
signed-in-here = Conectado nesta TV
signed-in-not-granted = Não concedido: { $scopes }
signed-in-with = com { $host }
signed-in-pause-key = Pausa
signed-in-slides = apresentação
signed-in-slides-stop = Parar
signed-in-slides-go = Reproduzir
signed-in-slides-turn = Passar
signed-in-not-accepted = O serviço não aceita este login
signed-in-sign-in = Entrar de novo
