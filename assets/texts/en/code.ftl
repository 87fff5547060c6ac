# The code screen, and what it shares with the waiting screen.

code-go = On your phone, go to
code-enter = Enter this code
code-enter-gap = Enter this code, without spaces
code-enter-case = Enter this code, capitals as shown
code-enter-case-gap = Enter this code, capitals as shown, no spaces
code-compare = Check that the page shows this code
code-safety = Approve only if you started this on this TV
code-host = The page is at { $host }
code-host-short = Page: { $host }
code-scan-filled = Or scan: the code is already filled in. Check that it’s the same.
code-scan = Or scan to open the address, then enter the code.
code-entered = I’ve entered it
code-new = New code
code-time-left = { $time } left
code-checking = Checking…
code-next = Next check in { $seconds } s
code-slow-down = { $host } asked for fewer checks: every { $seconds } s. { $next }
code-busy = { $host } is busy. { $next }
code-reconnecting = Reconnecting: { $why } { $next }. The code is still valid.
code-busy-short = Busy
code-slow-down-short = Slower checks
code-reconnecting-short = Reconnecting
code-guest = As a guest: nothing is kept on this TV
