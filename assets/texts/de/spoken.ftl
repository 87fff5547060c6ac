# What is said aloud, in words for the ear.

spoken-code = Öffne auf deinem Handy { $address }. Gib diesen Code ein: { $code }.
spoken-code-compare = Öffne auf deinem Handy { $address }. Prüfe, ob die Seite diesen Code zeigt: { $code }.
spoken-capital = großes { $letter }
spoken-signed-in = Angemeldet als { $name }.
spoken-channel = Kanal { $name }
spoken-account = Konto: { $name }
spoken-items = { $count ->
    [0] Hier ist noch nichts.
    [one] { $count } Eintrag.
   *[other] { $count } Einträge.
}
