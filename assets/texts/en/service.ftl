# The service menu of a kiosk.

service-title = Service menu
service-close = Back to the TV
service-diagnose = Diagnostics
service-leave = Leave tenfoot
service-shut = You can’t leave tenfoot until its configuration can be read.
service-pin = Enter the PIN
service-pin-how = With the digits of the remote, or with the arrows and OK.
service-type = Digits
service-delete = Delete
service-wrong = That was not the PIN. The next try is possible in { $seconds } s.
service-looking = Looking at everything that signing in depends on…
service-good = Good
service-weak = Warning
service-bad = Failed
service-skipped = Not checked
service-found = { $count ->
    [0] Nothing needs attention.
    [one] { $count } thing needs attention.
   *[other] { $count } things need attention.
}
