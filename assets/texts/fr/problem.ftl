# What stands in the way before anything can start.

problem-title = tenfoot ne peut pas démarrer
problem-disk = Le disque contenant { $path } ne répond pas. Vérifiez qu’il est branché et, s’il s’agit d’un partage réseau, que son serveur est joignable.
problem-on = Corrigez cela, puis réessayez.
problem-config = La configuration contient une erreur
problem-config-on = Corrigez le fichier, puis réessayez.
problem-file = Fichier
problem-line = Ligne
problem-key = Clé
problem-meant = Peut-être
problem-perhaps = « { $key } »
problem-again = Réessayer
problem-unchanged = { $why } Les réglages précédents restent en vigueur.
