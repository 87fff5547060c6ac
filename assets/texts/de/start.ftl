# The start screen, and what it tells about before.

start-title = Mit dem Handy anmelden
start-gives = Sieh { $channels } auf diesem Fernseher. Hier wird nichts eingetippt.
start-gives-plain = Auf diesem Fernseher wird nichts eingetippt.
start-account = Mit deinem Konto bei { $host }
start-guests = Ein Gast wird am Ende abgemeldet, und auf diesem Fernseher bleibt nichts.
start-sign-in = Anmelden
start-guest = Als Gast
start-add = Person hinzufügen
start-demo = Demo ausprobieren
start-again = Erneut suchen
start-who = Wer bist du?
start-set-up-title = Noch nichts eingerichtet
start-set-up-file = tenfoot liest eine Datei, in der steht, wo man sich anmeldet und was zu sehen ist. Sie gehört hierhin:
start-set-up-more = „tenfoot config example“ gibt eine Datei zum Anfangen aus. Die Demo braucht weder Datei noch Konto.
start-set-up-example = „tenfoot config example“ gibt eine Datei zum Anfangen aus.
start-demo-approve =
    Demo: im Browser bestätigen unter
    { $address }
start-demo-open = Jeder in diesem Netz kann die Seite und die API dieser Demo öffnen, und nichts ist verschlüsselt. Nur zum Ausprobieren zu Hause.
start-demo-alone = Es wurde kein Netz gefunden; vorerst kann nur dieses Gerät die Seite öffnen. { $more }
start-cancelled = Abgebrochen. Der Code gilt auf diesem Fernseher nicht mehr.
start-guest-gone = Der Gast ist abgemeldet, und auf diesem Fernseher bleibt nichts.
start-session-gone = { $name } ist hier nicht mehr angemeldet. Wähle „{ start-add }“.
start-of = { $name }: { $why }
start-sign-in-again = { $name } muss sich neu anmelden.
start-signed-out =
    { $known ->
        [0] Abgemeldet.
       *[other] { $name } ist abgemeldet.
    }
start-browser = { $done } Der Browser auf deinem Handy ist bei { $host } vielleicht noch angemeldet.
start-listed = { $done } In deinem Konto bei { $host } ist dieser Fernseher vielleicht noch aufgeführt.
start-signed-out-but = { $done } { $why }
start-not-deleted = Die Sitzung konnte nicht von diesem Fernseher gelöscht werden. { $why }
start-other-provider = In den Einstellungen steht jetzt { $host }. Die Anmeldung bei { $before } bleibt gespeichert, wird aber nicht verwendet.
start-other-client = In den Einstellungen steht jetzt eine andere Anwendung bei { $host } oder ein anderer Speicherort: bitte noch einmal anmelden.
