# The service menu of a kiosk.

service-title = Menú de servicio
service-close = Volver al televisor
service-diagnose = Diagnóstico
service-leave = Salir de tenfoot
service-shut = Solo se puede salir de tenfoot cuando se puede leer su configuración.
service-pin = Introduce el PIN
service-pin-how = Con los números del mando, o con las flechas y OK.
service-type = Números
service-delete = Borrar
service-wrong = Ese no es el PIN. Podrás volver a intentarlo en { $seconds } s.
service-looking = Comprobando todo aquello de lo que depende el inicio de sesión…
service-good = Correcto
service-weak = Aviso
service-bad = Error
service-skipped = Sin comprobar
service-found = { $count ->
    [0] Todo está en orden.
    [one] { $count } punto requiere atención.
   *[other] { $count } puntos requieren atención.
}
