"""X with no window manager: nobody grants fullscreen, and nobody gives the keyboard."""

import steps
from displays import Xvfb
from tv import Tv, journey


def main(name):
    with Xvfb(manager=False) as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        display.focus(tv.process)
        steps.code(tv)
        tv.shot("code")
        steps.cancelled(tv)
        steps.left(tv)


journey(main)
