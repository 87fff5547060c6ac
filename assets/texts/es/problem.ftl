# What stands in the way before anything can start.

problem-title = tenfoot no puede empezar
problem-disk = El disco con { $path } no responde. Comprueba que esté conectado y, si es una carpeta de red, que se pueda acceder a su servidor.
problem-on = Corrígelo y reinténtalo.
problem-config = La configuración tiene un error
problem-config-on = Corrige el archivo y reinténtalo.
problem-file = Archivo
problem-line = Línea
problem-key = Clave
problem-meant = Quizás
problem-perhaps = «{ $key }»
problem-again = Reintentar
problem-unchanged = { $why } Se mantienen los ajustes anteriores.
