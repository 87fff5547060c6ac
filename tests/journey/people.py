"""Several people on one TV, one after the other, and a guest."""

import provider
import steps
from displays import Xvfb
from tv import Tv, journey
from waiting import expect


def main(name):
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "1")
        tv = Tv(display, ["--config", config], name)
        steps.start(tv)
        steps.sign_in(tv)
        steps.switch(tv)
        tv.shot("one")
        tv.changes_picture("Down")
        steps.sign_in(tv, account=1)
        steps.switch(tv)
        tv.shot("two")
        expect("both sessions are kept", len(sessions(display)) == 2)
        asked = len(tv.requests("/device"))
        tv.press("Return", to="signed-in")
        expect("whoever was here last goes on without a code", len(tv.requests("/device")) == asked)
        steps.results(tv)

        steps.switch(tv)
        tv.changes_picture("Down")
        tv.changes_picture("Right")
        steps.sign_in(tv)
        menu = tv.changes_picture("a")
        tv.save(menu, "guest")
        before = files(display)
        tv.press("Escape")
        tv.quit()
        expect("the guest is signed out at the end", tv.requests("/revoke"))
        expect("and left nothing", files(display) == before and len(sessions(display)) == 2)

        tv = Tv(display, ["--config", config], f"{name}-again")
        tv.arrives("start")
        tv.shot("who")
        tv.press("Return", to="signed-in")
        steps.results(tv)
        steps.sign_out(tv)
        tv.shot("one-left")
        expect("the other's session is kept", len(sessions(display)) == 1)


def files(display):
    return sorted(path for path in (display.folder / "state").rglob("*") if path.is_file())


def sessions(display):
    return [path for path in files(display) if path.suffix == ".json"]


journey(main)
