"""X with no window manager: nobody grants fullscreen, and nobody gives the keyboard."""

import provider
import steps
from displays import Xvfb
from tv import Tv, covers, journey
from waiting import expect, wait

LARGE = (2560, 1440)


def main(name):
    with Xvfb(manager=False) as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        display.focus(tv.process)
        steps.code(tv)
        tv.shot("code")
        steps.cancelled(tv)
        steps.left(tv)

    with Xvfb(manager=False, size=LARGE) as display:
        tv = Tv(display, ["--config", provider.serve(display)], f"{name}-large")
        tv.arrives("start")
        covers(tv, LARGE)
        kept = display.folder / "cache" / "tenfoot" / "screen"
        said = wait("the screen's size is kept for the next start", lambda: kept.exists() and kept.read_text())
        expect(f"it is {said.strip()}", said == "{}x{}\n".format(*LARGE))


journey(main)
