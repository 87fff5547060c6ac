# The service menu of a kiosk.

service-title = Menu de serviço
service-close = Voltar à TV
service-diagnose = Diagnóstico
service-leave = Sair do tenfoot
service-shut = Só é possível sair do tenfoot quando a configuração pode ser lida.
service-pin = Digite o PIN
service-pin-how = Com os números do controle remoto, ou com as setas e OK.
service-type = Números
service-delete = Apagar
service-wrong = Esse não é o PIN. Você pode tentar de novo em { $seconds } s.
service-looking = Verificando tudo de que a entrada depende…
service-good = Correto
service-weak = Aviso
service-bad = Falha
service-skipped = Não verificado
service-found = { $count ->
    [0] Está tudo em ordem.
    [one] { $count } ponto requer atenção.
   *[other] { $count } pontos requerem atenção.
}
