# What stands in the way before anything can start.

problem-title = tenfoot can’t start
problem-disk = The disk that holds { $path } isn’t responding. Check that it is connected and, if it is a network share, that its server can be reached.
problem-on = Set it right, then try again.
problem-config = The configuration has a mistake
problem-config-on = Correct the file, then try again.
problem-file = File
problem-line = Line
problem-key = Key
problem-meant = Meant
problem-perhaps = perhaps “{ $key }”
problem-again = Try again
problem-unchanged = { $why } The settings from before stay in force.
