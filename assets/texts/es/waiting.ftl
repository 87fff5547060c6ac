# The waiting screen.

waiting-session = Te damos la bienvenida
waiting-session-of = Te damos la bienvenida, { $name }
waiting-session-more = Abriendo tu sesión en este televisor.
waiting-demo = Iniciando la demo
waiting-demo-more = Funciona dentro de tenfoot y no necesita cuenta.
waiting-code = Obteniendo un código
waiting-code-more = Esperando a { $host }.
waiting-approval = Aprueba en tu móvil
waiting-approval-more = Esperando tu aprobación en { $host }. El móvil debe mostrar este código.
waiting-tokens = Aprobado
waiting-tokens-more = Comprobando la respuesta de { $host } y guardándola en este televisor.
waiting-tokens-guest = Comprobando la respuesta de { $host }.
waiting-show-code = Ver el código otra vez
