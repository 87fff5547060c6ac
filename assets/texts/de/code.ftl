# The code screen, and what it shares with the waiting screen.

code-go = Öffne auf dem Handy
code-enter = Gib diesen Code ein
code-enter-gap = Gib diesen Code ein, ohne Leerzeichen
code-enter-case = Gib diesen Code ein, groß und klein wie hier
code-enter-case-gap = Gib diesen Code ein, groß und klein wie hier, ohne Leerzeichen
code-compare = Prüfe, ob die Seite diesen Code zeigt
code-safety = Bestätige nur, wenn du das an diesem Fernseher begonnen hast
code-host = Die Seite gehört zu { $host }
code-host-short = Seite: { $host }
code-scan-filled = Oder scannen: Der Code ist schon eingetragen. Prüfe, ob es derselbe ist.
code-scan = Oder scannen, um die Adresse zu öffnen, dann Code eingeben.
code-entered = Code ist eingegeben
code-new = Neuer Code
code-time-left = noch { $time }
code-checking = Wird geprüft …
code-next = Nächste Prüfung in { $seconds } s
code-slow-down = Seltenere Prüfung auf Bitte von { $host }: alle { $seconds } s. { $next }
code-busy = Ausgelastet: { $host }. { $next }
code-reconnecting = Neue Verbindung: { $why } { $next }. Der Code bleibt gültig.
code-busy-short = Ausgelastet
code-slow-down-short = Seltener geprüft
code-reconnecting-short = Verbinde neu …
code-guest = Als Gast: Auf diesem Fernseher bleibt nichts
