# The key tester.

help-title = Prueba de teclas
help-introduction = Pulsa las teclas de tu mando: aquí verás lo que llega, y no pasará nada más. Para salir, pulsa Atrás dos veces seguidas o espera un minuto sin pulsar nada.
help-press-a-key = Pulsa una tecla.
help-back-twice = Atrás, Atrás
help-leave = Salir
help-nothing = Aquí no hace nada
help-code = código { $code }
help-name = nombre { $name }
help-character = escribe «{ $character }»
help-no-trace = Una tecla sin código ni nombre
help-long-ok = OK, mantenido
help-right-button = botón derecho del ratón
help-move = Moverse
help-ok = Elegir
help-back = Atrás
help-menu = Detalles o menú
help-home = Primer canal
help-next-channel = Canal siguiente
help-previous-channel = Canal anterior
help-channel = Canal por número
help-refresh = Actualizar
help-account = Cuenta
help-pause = Pausar la actualización
help-help = Prueba de teclas
