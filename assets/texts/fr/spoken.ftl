# What is said aloud, in words for the ear.

spoken-code = Sur votre téléphone, allez sur { $address }. Saisissez ce code : { $code }.
spoken-code-compare = Sur votre téléphone, allez sur { $address }. Vérifiez que la page affiche ce code : { $code }.
spoken-capital = { $letter } majuscule
spoken-signed-in = Connecté en tant que { $name }.
spoken-channel = Chaîne { $name }
spoken-account = Compte : { $name }
spoken-items = { $count ->
    [0] Rien ici pour le moment.
    [one] { $count } élément.
   *[other] { $count } éléments.
}
