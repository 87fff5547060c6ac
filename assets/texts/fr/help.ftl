# The key tester.

help-title = Test des touches
help-introduction = Appuyez sur les touches de votre télécommande : ce qui arrive s’affiche ici, et rien d’autre ne se passe. Deux fois Retour de suite, ou une minute sans touche, et le test se ferme.
help-press-a-key = Appuyez sur une touche.
help-back-twice = Retour, Retour
help-leave = Fermer
help-nothing = Sans effet ici
help-code = code { $code }
help-name = nom { $name }
help-character = écrit « { $character } »
help-no-trace = Une touche sans code ni nom
help-long-ok = OK, maintenu
help-right-button = bouton droit de la souris
help-move = Se déplacer
help-ok = Choisir
help-back = Retour
help-menu = Détails ou menu
help-home = Première chaîne
help-next-channel = Chaîne suivante
help-previous-channel = Chaîne précédente
help-channel = Chaîne par numéro
help-refresh = Actualiser
help-account = Compte
help-pause = Suspendre l’actualisation
help-help = Test des touches
