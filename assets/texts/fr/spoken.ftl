# What is said aloud, in words for the ear.

spoken-code = Sur votre téléphone, allez sur { $address }. Saisissez ce code : { $code }.
spoken-signed-in = Connecté en tant que { $name }.
spoken-channel = Chaîne { $name }
spoken-account = Compte : { $name }
spoken-not-you = Ce n’est pas vous ? Se déconnecter
spoken-close = Fermer
spoken-switch = Changer de personne
spoken-sign-out = Se déconnecter
spoken-signing-out = Déconnexion.
spoken-loading = Chargement.
spoken-again = Réessayer
spoken-items = { $count ->
    [0] Rien ici pour le moment.
    [one] { $count } élément.
   *[other] { $count } éléments.
}
