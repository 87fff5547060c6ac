# The key tester.

help-title = Key tester
help-introduction = Press the keys of your remote to see what arrives. Nothing else happens. To leave, press Back twice, or wait a minute.
help-press-a-key = Press a key.
help-back-twice = Back, Back
help-leave = Leave
help-nothing = Does nothing here
help-code = code { $code }
help-name = name { $name }
help-character = writes “{ $character }”
help-no-trace = A key without code or name
help-long-ok = OK, held
help-right-button = right mouse button
help-move = Move
help-ok = Choose
help-back = Back
help-menu = Details or menu
help-home = First channel
help-next-channel = Next channel
help-previous-channel = Previous channel
help-channel = Channel by number
help-refresh = Refresh
help-account = Account
help-pause = Pause refreshing
help-help = Key tester
