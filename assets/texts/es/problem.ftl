# What stands in the way before anything can start.

problem-title = tenfoot no puede empezar
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
