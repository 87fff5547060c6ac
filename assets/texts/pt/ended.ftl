# After a sign-in that came to nothing.

ended-new-code = Obter novo código
ended-again = Tentar de novo
ended-again-in = Nova tentativa automática em { $seconds } s.
ended-to-start = Voltar ao início
ended-quote = { $host } diz: “{ $words }”
ended-expired = O código expirou
ended-expired-why = Ninguém o aprovou a tempo.
ended-expired-on = Um novo código está a um toque. O antigo não vale mais.
ended-denied = O login foi recusado
ended-denied-why = Alguém recusou no celular, ou { $host } recusou. Ninguém está conectado nesta TV.
ended-denied-on = Se foi engano, obtenha um novo código e aprove.
ended-refused = { $host } interrompeu a entrada
ended-refused-why = O código não pode mais ser usado.
ended-refused-on = Um novo código costuma resolver. Se não, veja as configurações no provedor.
ended-unreachable = Não foi possível acessar { $host }
ended-unreachable-on = Verifique o cabo de rede ou o Wi-Fi desta TV e tente de novo.
ended-misconfigured = O login está mal configurado
ended-misconfigured-on = Quem configurou esta TV pode resolver, aqui ou no provedor.
ended-untrusted = A resposta não é confiável
ended-untrusted-on = Nada foi guardado e ninguém está conectado. Confira primeiro o relógio desta TV e tente de novo.
ended-not-stored = Não foi possível guardar a sessão
ended-not-stored-on = Ninguém está conectado. Libere espaço ou corrija as permissões desse local e tente de novo.
