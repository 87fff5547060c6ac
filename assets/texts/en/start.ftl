# The start screen, and what it tells about before.

start-title = Sign in with your phone
start-gives = See { $channels } on this TV, without typing.
start-gives-plain = No typing on this TV.
start-account = With your account at { $host }
start-guests = Guests are signed out when they leave, and nothing is kept on this TV.
start-sign-in = Sign in
start-guest = As a guest
start-add = Add someone
start-demo = Try the demo
start-again = Look again
start-who = Who’s here?
start-set-up-title = Nothing is set up yet
start-set-up-file = tenfoot needs a configuration file that says where to sign in and what to show:
start-set-up-more = “tenfoot config example” prints one to start from. The demo needs no file and no account.
start-set-up-example = “tenfoot config example” prints one to start from.
start-demo-approve =
    Demo: approve in a browser at
    { $address }
start-demo-open = Anyone in this network can open this demo’s pages and API, and the connection isn’t encrypted. Use this at home only.
start-demo-alone = No network was found, so only this machine can open the activation page for now. { $more }
start-cancelled = Cancelled. The code no longer works on this TV.
start-guest-gone = The guest is signed out. Nothing of their session is left on this TV.
start-session-gone = { $name } is no longer signed in here. Choose “{ start-add }”.
start-of = { $name }: { $why }
start-sign-in-again = { $name } has to sign in again.
start-signed-out =
    { $known ->
        [0] Signed out.
       *[other] { $name } is signed out.
    }
start-browser = { $done } The browser on your phone may still be signed in at { $host }.
start-listed = { $done } This TV may still be listed in your account at { $host }.
start-signed-out-but = { $done } { $why }
start-not-deleted = The session couldn’t be deleted from this TV. { $why }
start-other-provider = The settings now use { $host }. The session at { $before } is kept but not used.
start-other-client = The settings now use another application at { $host }, or keep sessions elsewhere. Please sign in again.
