# What stands in the way before anything can start.

problem-title = tenfoot kann nicht starten
problem-disk = Der Datenträger mit { $path } antwortet nicht. Prüfe, ob er angeschlossen ist und ob bei einer Netzwerkfreigabe der Server erreichbar ist.
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
