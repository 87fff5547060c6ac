# The channels, and who is signed in.

signed-in-no-channels = Aún no hay canales
signed-in-no-channels-why = La configuración no indica ningún [[channel]] que mostrar.
signed-in-stale = No es lo más reciente: { $why }
signed-in-stale-again = No es lo más reciente: { $why } Nuevo intento en { $seconds } s.
signed-in-stale-short = No es lo último. Otro intento en { $seconds } s.
signed-in-more-failed = No se pudo cargar más: { $why }
signed-in-more-failed-again = No se pudo cargar más: { $why } Nuevo intento en { $seconds } s.
signed-in-more-failed-short = No se pudo cargar más. Otro intento en { $seconds } s.
signed-in-more-failed-key = No se pudo cargar más: { $why } Pulsa ↓ para reintentar.
signed-in-more-failed-key-short = No se pudo cargar más. Pulsa ↓ para reintentar.
signed-in-more-full = Hay más, pero esta lista es demasiado larga para este televisor.
signed-in-empty = Aquí aún no hay nada
signed-in-empty-why = { $channel } no tiene nada que mostrar en este momento.
signed-in-empty-so-far = Las primeras páginas de { $channel } están vacías. Pulsa ↓ para seguir buscando.
signed-in-forbidden = No tienes acceso a esto
signed-in-busy = Un momento, por favor
signed-in-unreachable = Sin respuesta
signed-in-not-stored = La sesión no se puede guardar
signed-in-unusable = Esto no se puede mostrar
signed-in-again-in = { $why } Nuevo intento automático en { $time }.
signed-in-again = Reintentar
signed-in-into = Entrar
signed-in-open = Abrir
signed-in-account = Cuenta
signed-in-channel = Canal siguiente
signed-in-channels = Canales
signed-in-refresh = Actualizar
signed-in-loading = Cargando…
signed-in-count = { $at } de { $all }
signed-in-count-more = { $at } de { $all }+
signed-in-updating = actualizando…
signed-in-loading-more = cargando más…
signed-in-just-now = actualizado ahora
signed-in-as-of = actualizado a las { $time }
signed-in-as-of-days =
    { $days ->
        [one] actualizado ayer a las { $time }
       *[other] actualizado hace { $days } días, a las { $time }
    }
signed-in-paused = en pausa
signed-in-as = Sesión iniciada:
signed-in-as-guest = Sesión de invitado:
signed-in-not-you = ¿No eres tú?
signed-in-close = Cerrar
signed-in-switch = Cambiar de persona
signed-in-out = Cerrar sesión
signed-in-signing-out = Cerrando sesión…
signed-in-guest = Invitado en este televisor
signed-in-guest-until = La sesión se cierra al salir o cambiar.
signed-in-guest-short = Invitado hasta que salgas
signed-in-here = Sesión iniciada en este televisor
signed-in-not-granted = No concedido: { $scopes }
signed-in-with = con { $host }
signed-in-pause-key = Pausa
signed-in-slides = presentación
signed-in-slides-stop = Detener
signed-in-slides-go = Reproducir
signed-in-slides-turn = Pasar
signed-in-not-accepted = El servicio no acepta esta sesión
signed-in-sign-in = Iniciar sesión de nuevo
