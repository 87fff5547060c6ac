# The waiting screen.

waiting-session = Bon retour
waiting-session-of = Bon retour, { $name }
waiting-session-more = Ouverture de votre session sur ce téléviseur.
waiting-demo = Démarrage de la démo
waiting-demo-more = Elle tourne dans tenfoot, sans compte.
waiting-code = Demande d’un code
waiting-code-more = En attente de { $host }.
waiting-approval = Approuvez sur votre téléphone
waiting-approval-more = En attente de votre accord sur { $host }. Le téléphone doit afficher ce code.
waiting-tokens = Approuvé
waiting-tokens-more = Vérification de la réponse de { $host }, puis enregistrement sûr sur ce téléviseur.
waiting-tokens-guest = Vérification de la réponse de { $host }.
waiting-show-code = Revoir le code
