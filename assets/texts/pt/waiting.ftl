# The waiting screen.

waiting-session = Que bom ter você de volta
waiting-session-of = Que bom ter você de volta, { $name }
waiting-session-more = Abrindo sua sessão nesta TV.
waiting-demo = Iniciando a demo
waiting-demo-more = Ela roda dentro do tenfoot e não precisa de conta.
waiting-code = Obtendo um código
waiting-code-more = Aguardando { $host }.
waiting-approval = Aprove no celular
waiting-approval-more = Aguardando sua aprovação em { $host }. O celular deve mostrar este código.
waiting-tokens = Aprovado
waiting-tokens-more = Verificando a resposta de { $host } e guardando com segurança nesta TV.
waiting-tokens-guest = Verificando a resposta de { $host }.
waiting-show-code = Ver o código de novo
