# After a sign-in that came to nothing.

ended-new-code = Neuen Code holen
ended-again = Erneut versuchen
ended-again-in = Neuer Versuch von selbst in { $seconds } s.
ended-to-start = Zum Start
ended-quote = { $host } sagt: „{ $words }“
ended-expired = Der Code ist abgelaufen
ended-expired-why = Niemand hat ihn rechtzeitig bestätigt.
ended-expired-on = Ein neuer Code ist nur einen Tastendruck entfernt. Der alte gilt nicht mehr.
ended-denied = Die Anmeldung wurde abgelehnt
ended-denied-why = Jemand hat auf dem Handy abgelehnt, oder { $host } war es. Auf diesem Fernseher ist niemand angemeldet.
ended-denied-on = War das ein Versehen? Hol einen neuen Code und bestätige ihn.
ended-refused = { $host } hat die Anmeldung beendet
ended-refused-why = Der Code kann nicht mehr benutzt werden.
ended-refused-on = Ein neuer Code hilft oft. Wenn nicht, müssen die Einstellungen beim Anbieter geprüft werden.
ended-unreachable = { $host } ist nicht erreichbar
ended-unreachable-on = Prüfe Netzwerkkabel oder WLAN dieses Fernsehers und versuch es noch einmal.
ended-misconfigured = Die Anmeldung ist falsch eingerichtet
ended-misconfigured-on = Wer diesen Fernseher eingerichtet hat, kann das beheben, hier oder beim Anbieter.
ended-untrusted = Der Antwort ist nicht zu trauen
ended-untrusted-on = Nichts wurde gespeichert, niemand ist angemeldet. Prüfe zuerst die Uhr dieses Fernsehers und versuch es noch einmal.
ended-not-stored = Die Anmeldung kann nicht gespeichert werden
ended-not-stored-on = Niemand ist angemeldet. Schaff Platz oder korrigiere die Rechte dort und versuch es noch einmal.
