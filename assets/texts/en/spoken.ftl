# What is said aloud, in words for the ear.

spoken-code = On your phone, go to { $address }. Enter this code: { $code }.
spoken-signed-in = Signed in as { $name }.
spoken-channel = Channel { $name }
spoken-account = Account: { $name }
spoken-not-you = Not you? Sign out
spoken-close = Close
spoken-switch = Switch person
spoken-sign-out = Sign out
spoken-signing-out = Signing out.
spoken-loading = Loading.
spoken-again = Try again
spoken-items = { $count ->
    [0] Nothing here yet.
    [one] { $count } item.
   *[other] { $count } items.
}
