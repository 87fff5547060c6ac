"""The main way through on Wayland, as an unprivileged user."""

import steps
from displays import Sway
from tv import Tv, journey


def main(name):
    with Sway() as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        steps.sign_in(tv)
        steps.browse(tv)
        steps.sign_out(tv)
        steps.refused(tv)
        steps.cancelled(tv)
        steps.left(tv)


journey(main)
