# The start screen, and what it tells about before.

start-title = Inicia sesión con tu móvil
start-gives = Ve { $channels } en este televisor. Aquí no se escribe nada.
start-gives-plain = En este televisor no se escribe nada.
start-account = Con tu cuenta de { $host }
start-guests = Al salir se cierra la sesión del invitado y no queda nada en este televisor.
start-sign-in = Iniciar sesión
start-guest = Como invitado
start-add = Añadir persona
start-demo = Probar la demo
start-again = Buscar de nuevo
start-who = ¿Quién eres?
start-set-up-title = Aún no hay nada configurado
start-set-up-file = tenfoot lee un archivo que indica dónde iniciar sesión y qué mostrar. Va aquí:
start-set-up-more = «tenfoot config example» muestra un archivo para empezar. La demo no necesita archivo ni cuenta.
start-set-up-example = «tenfoot config example» muestra un archivo para empezar.
start-demo-approve =
    Demo: aprueba en un navegador en
    { $address }
start-demo-open = Cualquiera en esta red puede abrir la página y la API de esta demo, y nada va cifrado. Es solo para probar en casa.
start-demo-alone = No se encontró ninguna red: por ahora solo este equipo puede abrir la página. { $more }
start-cancelled = Cancelado. El código ya no vale en este televisor.
start-guest-gone = La sesión del invitado está cerrada y no queda nada en este televisor.
start-session-gone = { $name } ya no tiene sesión aquí. Elige «{ start-add }».
start-of = { $name }: { $why }
start-sign-in-again = { $name } tiene que iniciar sesión de nuevo.
start-signed-out =
    { $known ->
        [0] Sesión cerrada.
       *[other] Sesión de { $name } cerrada.
    }
start-browser = { $done } El navegador de tu móvil puede seguir conectado a { $host }.
start-listed = { $done } Este televisor puede seguir en la lista de tu cuenta de { $host }.
start-signed-out-but = { $done } { $why }
start-not-deleted = No se pudo borrar la sesión de este televisor. { $why }
start-other-provider = La configuración indica ahora { $host }. La sesión en { $before } se conserva, pero no se usa.
start-other-client = La configuración indica ahora otra aplicación en { $host }, u otro lugar para las sesiones: inicia sesión de nuevo.
