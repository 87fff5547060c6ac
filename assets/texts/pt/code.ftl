# The code screen, and what it shares with the waiting screen.

code-go = No celular, acesse
code-enter = Digite este código
code-enter-gap = Digite este código, sem espaços
code-enter-case = Digite este código, respeitando maiúsculas e minúsculas
code-enter-case-gap = Digite este código, respeitando maiúsculas e minúsculas, sem espaços
code-compare = Confira se a página mostra este código
code-safety = Aprove só se você começou isto nesta TV
code-host = A página fica em { $host }
code-host-short = Página: { $host }
code-scan-filled = Ou escaneie: o código já vem preenchido. Confira se é o mesmo.
code-scan = Ou escaneie para abrir o endereço e digite o código.
code-entered = Já digitei
code-new = Novo código
code-time-left = Restam { $time }
code-checking = Verificando…
code-next = Próxima verificação em { $seconds } s
code-slow-down = Verificações mais espaçadas, como { $host } pediu: a cada { $seconds } s. { $next }
code-busy = Sobrecarregado: { $host }. { $next }
code-reconnecting = Reconectando: { $why } { $next }. O código continua válido.
code-busy-short = Sobrecarregado
code-slow-down-short = Mais devagar
code-reconnecting-short = Reconectando
code-guest = Como convidado: nada fica nesta TV
