# The code screen, and what it shares with the waiting screen.

code-go = Sur votre téléphone, ouvrez
code-enter = Saisissez ce code
code-enter-gap = Saisissez ce code, sans espaces
code-enter-case = Saisissez ce code, en respectant les majuscules
code-enter-case-gap = Saisissez ce code, en respectant les majuscules, sans espaces
code-compare = Vérifiez que la page affiche ce code
code-safety = N’approuvez que si vous avez lancé cette connexion sur ce téléviseur
code-host = La page est sur { $host }
code-host-short = Page : { $host }
code-scan-filled = Ou scannez : le code est déjà rempli. Vérifiez que c’est le même.
code-scan = Ou scannez pour ouvrir l’adresse, puis saisissez le code.
code-entered = J’ai saisi le code
code-new = Nouveau code
code-time-left = { $time } restantes
code-checking = Vérification…
code-next = Prochaine vérification dans { $seconds } s
code-slow-down = Vérifications espacées à la demande de { $host } : toutes les { $seconds } s. { $next }
code-busy = Surchargé : { $host }. { $next }
code-reconnecting = Reconnexion : { $why } { $next }. Le code reste valable.
code-busy-short = Surchargé
code-slow-down-short = Ralenti
code-reconnecting-short = Reconnexion
code-guest = En invité : rien ne reste sur ce téléviseur
