# What is said aloud, in words for the ear.

spoken-code = En tu teléfono, ve a { $address }. Introduce este código: { $code }.
spoken-signed-in = Has iniciado sesión como { $name }.
spoken-channel = Canal { $name }
spoken-account = Cuenta: { $name }
spoken-not-you = ¿No eres tú? Cerrar sesión
spoken-close = Cerrar
spoken-switch = Cambiar de persona
spoken-sign-out = Cerrar sesión
spoken-signing-out = Cerrando sesión.
spoken-loading = Cargando.
spoken-again = Reintentar
spoken-items = { $count ->
    [0] Aquí no hay nada todavía.
    [one] { $count } elemento.
   *[other] { $count } elementos.
}
