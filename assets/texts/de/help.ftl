# The key tester.

help-title = Tastentest
help-introduction = Drück die Tasten deiner Fernbedienung: Was ankommt, steht hier, und sonst geschieht nichts. Zweimal Zurück hintereinander schließt den Test, eine Minute ohne Tasten auch.
help-press-a-key = Drück eine Taste.
help-back-twice = Zurück, Zurück
help-leave = Schließen
help-nothing = Hier ohne Wirkung
help-code = Code { $code }
help-name = Name { $name }
help-character = schreibt „{ $character }“
help-no-trace = Eine Taste ohne Code und Namen
help-long-ok = OK, gehalten
help-right-button = rechte Maustaste
help-move = Bewegen
help-ok = Auswählen
help-back = Zurück
help-menu = Details oder Menü
help-home = Erster Kanal
help-next-channel = Nächster Kanal
help-previous-channel = Voriger Kanal
help-channel = Kanal nach Nummer
help-refresh = Aktualisieren
help-account = Konto
help-pause = Aktualisieren anhalten
help-help = Tastentest
