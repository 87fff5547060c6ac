# The service menu of a kiosk.

service-title = Menu de service
service-close = Retour au téléviseur
service-diagnose = Diagnostic
service-leave = Quitter tenfoot
service-shut = On ne peut quitter tenfoot que lorsque sa configuration peut être lue.
service-pin = Saisissez le code PIN
service-pin-how = Avec les chiffres de la télécommande, ou avec les flèches et OK.
service-type = Chiffres
service-delete = Effacer
service-wrong = Ce n’est pas le bon code PIN. Prochain essai possible dans { $seconds } s.
service-looking = Vérification de tout ce dont dépend la connexion…
service-good = En ordre
service-weak = Avertissement
service-bad = Échec
service-skipped = Non vérifié
service-found = { $count ->
    [0] Tout est en ordre.
    [one] { $count } point demande votre attention.
   *[other] { $count } points demandent votre attention.
}
