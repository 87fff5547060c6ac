# After a sign-in that came to nothing.

ended-new-code = Obtenir un code
ended-again = Réessayer
ended-again-in = Nouvel essai automatique dans { $seconds } s.
ended-to-start = Retour à l’accueil
ended-quote = { $host } indique : « { $words } »
ended-expired = Le code a expiré
ended-expired-why = Personne ne l’a approuvé à temps.
ended-expired-on = Un nouveau code est à une touche d’ici. L’ancien ne marche plus.
ended-denied = La connexion a été refusée
ended-denied-why = Quelqu’un a refusé sur le téléphone, ou bien { $host }. Personne n’est connecté sur ce téléviseur.
ended-denied-on = Si c’était une erreur, obtenez un nouveau code et approuvez-le.
ended-refused = { $host } a mis fin à la connexion
ended-refused-why = Le code n’est plus utilisable.
ended-refused-on = Un nouveau code suffit souvent. Sinon, il faut revoir les réglages chez le fournisseur.
ended-unreachable = { $host } est injoignable
ended-unreachable-on = Vérifiez le câble réseau ou le Wi-Fi de ce téléviseur, puis réessayez.
ended-misconfigured = La connexion est mal configurée
ended-misconfigured-on = La personne qui a configuré ce téléviseur peut y remédier, ici ou chez le fournisseur.
ended-untrusted = La réponse n’est pas fiable
ended-untrusted-on = Rien n’a été gardé et personne n’est connecté. Vérifiez d’abord l’heure de ce téléviseur, puis réessayez.
ended-not-stored = La connexion ne peut pas être conservée
ended-not-stored-on = Personne n’est connecté. Libérez de la place ou corrigez les droits de cet emplacement, puis réessayez.
