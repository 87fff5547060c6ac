# The start screen, and what it tells about before.

start-title = Connexion par téléphone
start-gives = Retrouvez { $channels } sur ce téléviseur. Rien à saisir ici.
start-gives-plain = Rien à saisir sur ce téléviseur.
start-account = Avec votre compte { $host }
start-guests = Un invité est déconnecté quand il part, et rien n’est conservé sur ce téléviseur.
start-sign-in = Se connecter
start-guest = En tant qu’invité
start-add = Ajouter une personne
start-demo = Essayer la démo
start-again = Chercher à nouveau
start-who = Qui êtes-vous ?
start-set-up-title = Rien n’est encore configuré
start-set-up-file = tenfoot lit un fichier qui dit où se connecter et quoi afficher. Sa place est ici :
start-set-up-more = « tenfoot config example » affiche un fichier de départ. La démo ne demande ni fichier ni compte.
start-set-up-example = « tenfoot config example » affiche un fichier de départ.
start-demo-approve =
    Démo : approuvez dans un navigateur à l’adresse
    { $address }
start-demo-open = Tout ce réseau peut ouvrir la page et l’API de cette démo, et rien n’est chiffré. Pour un essai chez soi seulement.
start-demo-alone = Aucun réseau trouvé : seul cet appareil peut ouvrir la page pour l’instant. { $more }
start-cancelled = Annulé. Le code ne vaut plus sur ce téléviseur.
start-guest-gone = L’invité est déconnecté, et rien ne reste sur ce téléviseur.
start-session-gone = { $name } n’est plus connecté ici. Choisissez « { start-add } ».
start-of = { $name } : { $why }
start-sign-in-again = { $name } doit se reconnecter.
start-signed-out =
    { $known ->
        [0] Déconnexion effectuée.
       *[other] Déconnexion effectuée : { $name }.
    }
start-browser = { $done } Le navigateur de votre téléphone est peut-être encore connecté à { $host }.
start-listed = { $done } Ce téléviseur figure peut-être encore dans votre compte { $host }.
start-signed-out-but = { $done } { $why }
start-not-deleted = La session n’a pas pu être supprimée de ce téléviseur. { $why }
start-other-provider = La configuration indique maintenant { $host }. La session sur { $before } est conservée, mais n’est pas utilisée.
start-other-client = La configuration indique maintenant une autre application sur { $host }, ou un autre emplacement pour les sessions : reconnectez-vous.
