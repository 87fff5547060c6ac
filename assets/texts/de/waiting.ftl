# The waiting screen.

waiting-session = Willkommen zurück
waiting-session-of = Willkommen zurück, { $name }
waiting-session-more = Deine Sitzung auf diesem Fernseher wird geöffnet.
waiting-demo = Demo startet
waiting-demo-more = Sie läuft in tenfoot und braucht kein Konto.
waiting-code = Code wird geholt
waiting-code-more = Warten auf { $host }.
waiting-approval = Bestätige auf dem Handy
waiting-approval-more = Warten auf deine Bestätigung bei { $host }. Das Handy muss diesen Code zeigen.
waiting-tokens = Bestätigt
waiting-tokens-more = Die Antwort von { $host } wird geprüft und auf diesem Fernseher sicher abgelegt.
waiting-tokens-guest = Die Antwort von { $host } wird geprüft.
waiting-show-code = Code wieder zeigen
