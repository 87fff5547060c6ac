# The channels, and who is signed in.

signed-in-no-channels = Pas encore de chaîne
signed-in-no-channels-why = La configuration n’indique aucun [[channel]] à afficher.
signed-in-stale = Pas à jour : { $why }
signed-in-stale-again = Pas à jour : { $why } Nouvel essai dans { $seconds } s.
signed-in-stale-short = Pas à jour. Nouvel essai dans { $seconds } s.
signed-in-more-failed = Impossible de charger la suite : { $why }
signed-in-more-failed-again = Impossible de charger la suite : { $why } Nouvel essai dans { $seconds } s.
signed-in-more-failed-short = Impossible de charger la suite. Nouvel essai dans { $seconds } s.
signed-in-more-failed-key = Impossible de charger la suite : { $why } Appuyez sur ↓ pour réessayer.
signed-in-more-failed-key-short = Impossible de charger la suite. Appuyez sur ↓ pour réessayer.
signed-in-more-full = La liste continue, mais elle est trop longue pour ce téléviseur.
signed-in-empty = Rien ici pour l’instant
signed-in-empty-why = { $channel } n’a rien à afficher pour le moment.
signed-in-empty-so-far = Les premières pages de { $channel } sont vides. Appuyez sur ↓ pour chercher plus loin.
signed-in-forbidden = Vous n’avez pas accès à ceci
signed-in-busy = Un instant, s’il vous plaît
signed-in-unreachable = Pas de réponse
signed-in-not-stored = La session ne peut pas être enregistrée
signed-in-unusable = Impossible d’afficher ceci
signed-in-again-in = { $why } Nouvel essai automatique dans { $time }.
signed-in-again = Réessayer
signed-in-into = Entrer
signed-in-open = Ouvrir
signed-in-account = Compte
signed-in-channel = Chaîne suivante
signed-in-channels = Chaînes
signed-in-refresh = Actualiser
signed-in-loading = Chargement…
signed-in-count = { $at } sur { $all }
signed-in-count-more = { $at } sur { $all }+
signed-in-updating = actualisation…
signed-in-loading-more = chargement de la suite…
signed-in-just-now = mis à jour à l’instant
signed-in-as-of = mis à jour à { $time }
signed-in-as-of-days =
    { $days ->
        [one] mis à jour hier à { $time }
       *[other] mis à jour il y a { $days } jours, à { $time }
    }
signed-in-paused = en pause
signed-in-as = Connecté :
signed-in-as-guest = Connecté en invité :
signed-in-not-you = Ce n’est pas vous ?
signed-in-close = Fermer
signed-in-switch = Changer de personne
signed-in-out = Se déconnecter
signed-in-signing-out = Déconnexion…
signed-in-guest = Invité sur ce téléviseur
signed-in-guest-until = Déconnexion quand vous quittez ou changez.
signed-in-guest-short = Invité jusqu’à votre départ
signed-in-here = Connecté sur ce téléviseur
signed-in-not-granted = Non accordé : { $scopes }
signed-in-with = avec { $host }
signed-in-pause-key = Pause
signed-in-slides = diaporama
signed-in-slides-stop = Arrêter
signed-in-slides-go = Lancer
signed-in-slides-turn = Feuilleter
signed-in-not-accepted = Le service n’accepte pas cette connexion
signed-in-sign-in = Se reconnecter
