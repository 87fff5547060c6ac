"""The compositor leaves the screen on while a code is on it, and neither before nor after."""

import steps
from displays import Sway
from tv import Tv, journey
from waiting import expect, wait


def main(name):
    with Sway() as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        wait("the choice is told", lambda: "it can keep the screen on" in tv.said())
        expect("nothing has to be seen yet", not inhibits(tv))
        for _ in range(2):
            steps.code(tv)
            left_on(tv, True)
            steps.cancelled(tv)
            left_on(tv, False)

        steps.sign_in(tv)
        # Films don't refresh by themselves.
        left_on(tv, False)
        steps.sign_out(tv)
        steps.code(tv)
        left_on(tv, True)
        expect("no bus was asked", "screensaver" not in tv.said() and "login1" not in tv.said())
        expect("it left with 0", tv.quit() == 0)


def left_on(tv, on):
    wait(f"the screen is left on: {on}", lambda: tv.alive() and inhibits(tv) == on, 5)
    print(f"  the screen is left on: {on}", flush=True)


def inhibits(tv):
    """What sway says of it: whether it holds the screen, and whether the window asked for that."""
    window = tv.display.node(tv.process)
    asked = window["idle_inhibitors"]["application"] == "enabled"
    expect(f"asked {asked}, held {window['inhibit_idle']}", asked == window["inhibit_idle"])
    return asked


journey(main)
