# What is said aloud, in words for the ear.

spoken-code = En tu móvil, abre { $address }. Escribe este código: { $code }.
spoken-code-compare = En tu móvil, abre { $address }. Comprueba que la página muestra este código: { $code }.
spoken-capital = { $letter } mayúscula
spoken-signed-in = Has iniciado sesión como { $name }.
spoken-channel = Canal { $name }
spoken-account = Cuenta: { $name }
spoken-items = { $count ->
    [0] Aquí no hay nada todavía.
    [one] { $count } elemento.
   *[other] { $count } elementos.
}
