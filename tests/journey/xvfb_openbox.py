"""Everything a person does, on X with a window manager."""

import steps
from displays import Xvfb
from tv import Tv, journey
from waiting import expect


def main(name):
    with Xvfb(manager=True) as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        steps.sign_in(tv)
        steps.browse(tv)
        steps.sign_out(tv)
        steps.refused(tv)
        steps.entered(tv)
        new_code(tv)
        steps.cancelled(tv)
        clicked(tv)
        # The key that remotes label BACK.
        steps.cancelled(tv, "XF86Back")
        steps.left(tv)

        tv = Tv(display, ["demo", "--interval", "1", "--code-lifetime", "4"], f"{name}-short")
        steps.start(tv)
        first = steps.code(tv)
        tv.arrives("expired")
        tv.shot("expired")
        tv.press("Return", to="code")
        expect("another code is shown", tv.qr(other_than=first) != first)


def new_code(tv):
    first = tv.qr()
    tv.changes_picture("Right")
    tv.press("Return", to="code")
    expect("the new code is another", tv.qr(other_than=first) != first)


def clicked(tv):
    """The start screen's button, by the mouse."""
    left, top, right, bottom = tv.focus()
    tv.display.click((left + right) // 2, (top + bottom) // 2)
    tv.arrives("code")


journey(main)
