# The code screen, and what it shares with the waiting screen.

code-go = En tu móvil, abre
code-enter = Escribe este código
code-enter-gap = Escribe este código, sin espacios
code-enter-case = Escribe este código, respetando mayúsculas y minúsculas
code-enter-case-gap = Escribe este código, respetando mayúsculas y minúsculas, sin espacios
code-compare = Comprueba que la página muestra este código
code-safety = Aprueba solo si lo empezaste en este televisor
code-host = La página está en { $host }
code-host-short = Página: { $host }
code-scan-filled = O escanea: el código ya está escrito. Comprueba que es el mismo.
code-scan = O escanea para abrir la dirección y escribe el código.
code-entered = Ya lo he escrito
code-new = Código nuevo
code-time-left = Quedan { $time }
code-checking = Comprobando…
code-next = Próxima comprobación en { $seconds } s
code-slow-down = Comprobaciones más espaciadas, como pide { $host }: cada { $seconds } s. { $next }
code-busy = Saturado: { $host }. { $next }
code-reconnecting = Reconectando: { $why } { $next }. El código sigue siendo válido.
code-busy-short = Saturado
code-slow-down-short = Más despacio
code-reconnecting-short = Reconectando
code-guest = Como invitado: no queda nada en este televisor
