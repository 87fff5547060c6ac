# After a sign-in that came to nothing.

ended-new-code = Obtener otro código
ended-again = Reintentar
ended-again-in = Nuevo intento automático en { $seconds } s.
ended-to-start = Volver al inicio
ended-quote = { $host } dice: «{ $words }»
ended-expired = El código ha caducado
ended-expired-why = Nadie lo aprobó a tiempo.
ended-expired-on = Un código nuevo está a un toque. El anterior ya no sirve.
ended-denied = Se rechazó el inicio de sesión
ended-denied-why = Alguien dijo que no en el móvil, o lo hizo { $host }. Nadie tiene sesión en este televisor.
ended-denied-on = Si fue un error, obtén un código nuevo y apruébalo.
ended-refused = { $host } canceló el inicio de sesión
ended-refused-why = El código ya no se puede usar.
ended-refused-on = Un código nuevo suele bastar. Si no, hay que revisar los ajustes del proveedor.
ended-unreachable = No se puede acceder a { $host }
ended-unreachable-on = Revisa el cable de red o el wifi de este televisor y reinténtalo.
ended-misconfigured = El inicio de sesión está mal configurado
ended-misconfigured-on = Quien configuró este televisor puede arreglarlo, aquí o en el proveedor.
ended-untrusted = La respuesta no es de fiar
ended-untrusted-on = No se guardó nada y nadie tiene sesión. Mira primero el reloj de este televisor y reinténtalo.
ended-not-stored = No se puede guardar la sesión
ended-not-stored-on = Nadie tiene sesión. Haz sitio o corrige los permisos de ese lugar y reinténtalo.
