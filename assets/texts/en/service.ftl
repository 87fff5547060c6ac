# The service menu of a kiosk.

service-title = Service menu
service-close = Back to the TV
service-diagnose = Diagnostics
service-leave = Leave tenfoot
service-shut = You can’t leave tenfoot until its configuration can be read.
service-pin = Enter the PIN
service-pin-how = Use the digits of the remote, or the arrows and OK.
service-type = Digits
service-delete = Delete
service-wrong = Wrong PIN. You can try again in { $seconds } s.
service-looking = Checking everything that signing in depends on…
service-good = Good
service-weak = Warning
service-bad = Failed
service-skipped = Not checked
service-found = { $count ->
    [0] Nothing needs attention.
    [one] { $count } thing needs attention.
   *[other] { $count } things need attention.
}
