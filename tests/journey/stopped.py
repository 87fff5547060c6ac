"""SIGTERM while a refresh hangs at the provider, and while the display does: gone within two
seconds, nobody signed out."""

import json
import os
import signal
import time

import provider
import steps
from displays import Xvfb
from tv import Tv, journey
from waiting import expect

# The refresh is sent early; by then the token has ended in any case.
TOKEN = 4


def main(name):
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "1", "--token-lifetime", str(TOKEN))
        tv = Tv(display, ["--config", config], name)
        steps.start(tv)
        took, code = stopped(tv)
        expect(f"with nothing to do it ends after {took:.2f} s with {code}", took < 1 and code == 0)

        tv = Tv(display, ["--config", config], f"{name}-signed-in")
        tv.arrives("start")
        steps.sign_in(tv)
        server = provider.running[config]
        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(TOKEN + 1)
        tv.press("r")
        time.sleep(1)
        took, code = stopped(tv)
        os.kill(server.pid, signal.SIGCONT)
        # That long it waited for the refresh: it was on its way.
        expect(f"while a refresh hangs it ends after {took:.2f} s with {code}", 1 < took < 2 and code == 0)
        for path in (display.folder / "state").rglob("*.json"):
            expect(f"{path.name} is whole", json.loads(path.read_text()))

        tv = Tv(display, ["--config", config], f"{name}-again")
        tv.arrives("signed-in")
        expect("no code was asked for", all(to != "code" for _, to in tv.changes()))
        steps.results(tv)
        steps.sign_out(tv)
        steps.code(tv)
        server = display.started[0]
        os.kill(server.pid, signal.SIGSTOP)
        # The code's time is drawn each second: by then it hangs in that.
        time.sleep(3)
        took, code = stopped(tv)
        os.kill(server.pid, signal.SIGCONT)
        expect(f"while the display hangs it ends after {took:.2f} s with {code}", 1 < took < 2 and code == 0)


def stopped(tv):
    began = time.monotonic()
    tv.process.terminate()
    tv.process.wait(10)
    return time.monotonic() - began, tv.process.returncode


journey(main)
