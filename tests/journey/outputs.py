"""A television is switched off and on, changes its mode, its scale: tenfoot is still there, on
the whole of it."""

import steps
from displays import SIZE, Sway
from tv import Tv, fills, journey


def main(name):
    with Sway() as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        output = display.ask("get_outputs")[0]["name"]

        display.tell("output", output, "dpms", "off")
        display.tell("output", output, "dpms", "on")
        fills(tv, SIZE)

        display.tell("output", output, "mode", "--custom", "1280x720")
        fills(tv, (1280, 720))
        display.tell("output", output, "mode", "--custom", "3840x2160")
        fills(tv, (3840, 2160))
        display.tell("output", output, "scale", "2")
        fills(tv, (3840, 2160), (1920, 1080))
        tv.shot("scaled")

        display.tell("output", output, "scale", "1")
        display.tell("output", output, "mode", "--custom", "{}x{}".format(*SIZE))
        fills(tv, SIZE)
        tv.shot("back")

        # And it still hears keys.
        steps.code(tv)
        steps.cancelled(tv)
        steps.left(tv)


journey(main)
