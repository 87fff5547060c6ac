# What is said aloud, in words for the ear.

spoken-code = On your phone, go to { $address }. Enter this code: { $code }.
spoken-code-compare = On your phone, go to { $address }. Check that the page shows this code: { $code }.
spoken-capital = capital { $letter }
spoken-signed-in = Signed in as { $name }.
spoken-channel = Channel { $name }
spoken-account = Account: { $name }
spoken-items = { $count ->
    [0] Nothing here yet.
    [one] { $count } item.
   *[other] { $count } items.
}
