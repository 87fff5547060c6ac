# The start screen, and what it tells about before.

start-title = Sign in with your phone
start-gives = See { $channels } on this TV. Nothing is typed here.
start-gives-plain = Nothing is typed on this TV.
start-account = With your account at { $host }
start-guests = A guest is signed out on leaving, and nothing is kept on this TV.
start-sign-in = Sign in
start-guest = As a guest
start-add = Add someone
start-demo = Try the demo
start-again = Look again
start-who = Who’s here?
start-set-up-title = Nothing is set up yet
start-set-up-file = tenfoot reads one file that says where you sign in and what to show. It goes here:
start-set-up-more = “tenfoot config example” prints a file to begin with. The demo needs no file and no account.
start-set-up-example = “tenfoot config example” prints a file to begin with.
start-demo-approve =
    Demo: approve in a browser at
    { $address }
start-demo-open = Anyone in this network can open the activation page and the API of this demo, and nothing between is encrypted. That is for trying out at home only.
start-demo-alone = No network was found, so only this machine can open the activation page for now. { $more }
start-cancelled = Cancelled. The code no longer counts on this TV.
start-guest-gone = The guest is signed out, and nothing of them stays on this TV.
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
start-not-deleted = The session could not be deleted from this TV. { $why }
start-other-provider = The settings name { $host } now. The session at { $before } is kept, but isn’t used.
start-other-client = The settings name another application at { $host } now, or keep sessions elsewhere: sign in once more.
