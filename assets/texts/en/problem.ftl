# What stands in the way before anything can start.

problem-title = tenfoot can’t start
problem-disk = The disk that holds { $path } isn’t responding. Check that it is connected and, if it is a network share, that its server can be reached.
problem-on = Fix this, then try again.
problem-config = The configuration has a mistake
problem-config-on = Fix the file, then try again.
problem-file = File
problem-line = Line
problem-key = Key
problem-meant = Meant
problem-perhaps = perhaps “{ $key }”
problem-again = Try again
problem-unchanged = { $why } The previous settings stay in effect.
