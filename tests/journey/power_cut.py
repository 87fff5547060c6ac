"""The power is cut while a code is on the screen, and again while results are: what was
there is there again, also while the API is gone."""

import provider
import steps
from displays import Xvfb
from person import Person
from tv import MIDDLE, Tv, journey
from waiting import expect, wait


def main(name):
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "1")
        tv = Tv(display, ["--config", config], name)
        steps.start(tv)
        shown = steps.code(tv)
        cut(tv)

        tv = Tv(display, ["--config", config], f"{name}-code")
        tv.arrives("code")
        back = tv.qr()
        tv.shot("code")
        expect(f"the same code is back: {back == shown}", back == shown)
        expect("no other was asked for", not tv.requests("/oauth/device/code"))
        Person(0).allow(back)
        tv.arrives("signed-in")
        steps.results(tv)
        expect("the code is forgotten", not kept(display))
        cut(tv)

        provider.stop(config)
        tv = Tv(display, ["--config", config], f"{name}-results")
        tv.arrives("signed-in")
        wait("it asked for newer results in vain", lambda: "failure=" in tv.said())
        # Titles, and pictures that can't be had: not the empty cards of a channel that loads.
        wait("the last results are on the screen", lambda: display.shot().colours(MIDDLE) > 60)
        tv.shot("old-results")
        cut(tv)

        tv = Tv(display, ["--config", config], f"{name}-cancelled")
        tv.arrives("signed-in")
        steps.sign_out(tv)
        expect(f"and gone with the session: {results(display)}", not results(display))


def cut(tv):
    tv.process.kill()
    tv.process.wait()


def kept(display):
    return list((display.folder / "state").rglob("*.pending"))


def results(display):
    return [path for path in (display.folder / "cache/tenfoot").rglob("*") if path.is_file()]


journey(main)
