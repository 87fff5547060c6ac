# The channels, and who is signed in.

signed-in-no-channels = Noch keine Kanäle
signed-in-no-channels-why = Die Konfiguration nennt kein [[channel]], das zu zeigen wäre.
signed-in-stale = Nicht der neueste Stand: { $why }
signed-in-stale-again = Nicht der neueste Stand: { $why } Neuer Versuch in { $seconds } s.
signed-in-stale-short = Nicht aktuell. Neuer Versuch in { $seconds } s.
signed-in-more-failed = Mehr konnte nicht geladen werden: { $why }
signed-in-more-failed-again = Mehr konnte nicht geladen werden: { $why } Neuer Versuch in { $seconds } s.
signed-in-more-failed-short = Mehr konnte nicht geladen werden. Neuer Versuch in { $seconds } s.
signed-in-more-failed-key = Mehr konnte nicht geladen werden: { $why } Mit ↓ noch einmal versuchen.
signed-in-more-failed-key-short = Mehr konnte nicht geladen werden. Mit ↓ noch einmal versuchen.
signed-in-more-full = Es gibt noch mehr, aber diese Liste ist zu lang für diesen Fernseher.
signed-in-empty = Hier ist noch nichts
signed-in-empty-why = { $channel } hat im Moment nichts zu zeigen.
signed-in-empty-so-far = Die ersten Seiten von { $channel } sind leer. Mit ↓ weitersuchen.
signed-in-forbidden = Das darfst du nicht sehen
signed-in-busy = Einen Moment, bitte
signed-in-unreachable = Keine Antwort
signed-in-not-stored = Die Sitzung kann nicht gespeichert werden
signed-in-unusable = Das kann nicht gezeigt werden
signed-in-again-in = { $why } Neuer Versuch von selbst in { $time }.
signed-in-again = Erneut versuchen
signed-in-into = In den Kanal
signed-in-open = Öffnen
signed-in-account = Konto
signed-in-channel = Nächster Kanal
signed-in-channels = Kanäle
signed-in-refresh = Neu laden
signed-in-loading = Wird geladen …
signed-in-count = { $at } von { $all }
signed-in-count-more = { $at } von { $all }+
signed-in-updating = wird aktualisiert …
signed-in-loading-more = mehr wird geladen …
signed-in-just-now = gerade aktualisiert
signed-in-as-of = Stand { $time }
signed-in-as-of-days =
    { $days ->
        [one] Stand gestern, { $time }
       *[other] Stand vor { $days } Tagen, { $time }
    }
signed-in-paused = angehalten
signed-in-as = Angemeldet als
signed-in-as-guest = Als Gast angemeldet:
signed-in-not-you = Nicht du?
signed-in-close = Schließen
signed-in-switch = Person wechseln
signed-in-out = Abmelden
signed-in-signing-out = Wird abgemeldet …
signed-in-guest = Gast an diesem Fernseher
signed-in-guest-until = Wird abgemeldet, wenn du gehst oder wechselst.
signed-in-guest-short = Gast, bis du gehst oder wechselst
signed-in-here = An diesem Fernseher angemeldet
signed-in-not-granted = Nicht erlaubt: { $scopes }
signed-in-with = bei { $host }
signed-in-pause-key = Pause
signed-in-slides = Diaschau
signed-in-slides-stop = Anhalten
signed-in-slides-go = Abspielen
signed-in-slides-turn = Blättern
signed-in-not-accepted = Der Dienst nimmt diese Anmeldung nicht an
signed-in-sign-in = Neu anmelden
