# What stands in the way before anything can start.

problem-title = tenfoot kann nicht starten
problem-on = Behebe das und versuch es noch einmal.
problem-config = In der Konfiguration ist ein Fehler
problem-config-on = Korrigiere die Datei und versuch es noch einmal.
problem-file = Datei
problem-line = Zeile
problem-key = Schlüssel
problem-meant = Gemeint
problem-perhaps = vielleicht „{ $key }“
problem-again = Erneut versuchen
problem-unchanged = { $why } Die Einstellungen von vorher gelten weiter.
