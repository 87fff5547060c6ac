# The key tester.

help-title = Teste de teclas
help-introduction = Aperte as teclas do seu controle remoto: o que chega aparece aqui, e nada mais acontece. Para sair, aperte Voltar duas vezes seguidas ou espere um minuto sem apertar nada.
help-press-a-key = Aperte uma tecla.
help-back-twice = Voltar, Voltar
help-leave = Voltar
help-nothing = Aqui não faz nada
help-code = código { $code }
help-name = nome { $name }
help-character = escreve “{ $character }”
help-no-trace = Uma tecla sem código nem nome
help-long-ok = OK, pressionado
help-right-button = botão direito do mouse
help-move = Mover
help-ok = Escolher
help-back = Voltar
help-menu = Detalhes ou menu
help-home = Primeiro canal
help-next-channel = Próximo canal
help-previous-channel = Canal anterior
help-channel = Canal pelo número
help-refresh = Atualizar
help-account = Conta
help-pause = Pausar a atualização
help-help = Teste de teclas
