# After a sign-in that came to nothing.

ended-new-code = Get a new code
ended-again = Try again
ended-again-in = Trying again by itself in { $seconds } s.
ended-to-start = Back to the start
ended-quote = { $host } says: “{ $words }”
ended-expired = The code has expired
ended-expired-why = Nobody approved it in time.
ended-expired-on = A new code is one press away. The old one no longer works.
ended-denied = The sign-in was refused
ended-denied-why = Somebody said no on the phone, or { $host } did. Nobody is signed in on this TV.
ended-denied-on = If that was a mistake, get a new code and approve it.
ended-refused = { $host } ended the sign-in
ended-refused-why = The code can’t be used any more.
ended-refused-on = A new code often helps. If not, the provider’s settings for this app need a look.
ended-unreachable = { $host } can’t be reached
ended-unreachable-on = Check this TV’s network cable or Wi-Fi, then try again.
ended-misconfigured = Sign-in isn’t set up right
ended-misconfigured-on = Whoever set up this TV can mend it, here or at the provider.
ended-untrusted = The answer can’t be trusted
ended-untrusted-on = Nothing was kept and nobody is signed in. Look at this TV’s clock first, then try again.
ended-not-stored = The sign-in can’t be kept
ended-not-stored-on = Nobody is signed in. Make room or mend the permissions of that place, then try again.
