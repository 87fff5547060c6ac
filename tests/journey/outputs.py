"""A television is switched off and on, changes its mode, its scale: tenfoot is still there, on
the whole of it."""

import steps
from displays import SIZE, Sway
from tv import Tv, journey
from waiting import expect, wait


def covers(tv, size, logical=None):
    """The window is the whole output, and something is drawn in each of its quarters."""
    logical = logical or size
    wait(f"the window is {logical}", lambda: tv.alive() and tv.display.window(tv.process) == (0, 0, *logical))
    picture = tv.display.steady(f"at {size}")
    expect(f"the picture is {size[0]} × {size[1]}", (picture.width, picture.height) == size)
    left, top, right, bottom = tv.focus()
    expect("what has the focus is on it", 0 < left < right < size[0] and 0 < top < bottom < size[1])


def main(name):
    with Sway() as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        output = display.ask("get_outputs")[0]["name"]

        display.tell("output", output, "dpms", "off")
        display.tell("output", output, "dpms", "on")
        covers(tv, SIZE)

        display.tell("output", output, "mode", "--custom", "1280x720")
        covers(tv, (1280, 720))
        display.tell("output", output, "mode", "--custom", "3840x2160")
        covers(tv, (3840, 2160))
        display.tell("output", output, "scale", "2")
        covers(tv, (3840, 2160), (1920, 1080))
        tv.shot("scaled")

        display.tell("output", output, "scale", "1")
        display.tell("output", output, "mode", "--custom", "{}x{}".format(*SIZE))
        covers(tv, SIZE)
        tv.shot("back")

        # And it still hears keys.
        steps.code(tv)
        steps.cancelled(tv)
        steps.left(tv)


journey(main)
