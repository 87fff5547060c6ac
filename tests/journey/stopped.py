"""SIGTERM while a refresh is on its way to the provider: it is waited for, though not for ever,
and nobody is signed out. While the display hangs: gone within two seconds."""

import json
import os
import signal
import threading
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
        tv = Tv(display, ["--config", config], f"{name}-hang-up")
        tv.arrives("start")
        took, code = stopped(tv, signal.SIGHUP)
        expect(f"after a hang-up, too: {took:.2f} s, {code}", took < 1 and code == 0)

        tv = Tv(display, ["--config", config], f"{name}-signed-in")
        tv.arrives("start")
        steps.sign_in(tv)
        server = provider.running[config]
        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(TOKEN + 1)
        tv.press("r")
        time.sleep(1)
        before = refresh_token(display)
        # The answer comes after a while.
        threading.Timer(4, os.kill, (server.pid, signal.SIGCONT)).start()
        took, code = stopped(tv)
        expect(f"a refresh on its way is waited for: {took:.2f} s, {code}", 4 <= took < 8 and code == 0)
        expect("and its token is stored", refresh_token(display) != before)
        for path in (display.folder / "state").rglob("*.json"):
            expect(f"{path.name} is whole", json.loads(path.read_text()))

        tv = Tv(display, ["--config", config], f"{name}-again")
        tv.arrives("signed-in")
        expect("no code was asked for", all(to != "code" for _, to in tv.changes()))
        steps.results(tv)
        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(TOKEN + 1)
        tv.press("r")
        time.sleep(1)
        took, code = stopped(tv)
        os.kill(server.pid, signal.SIGCONT)
        # Below the unit's TimeoutStopSec=.
        expect(f"while a refresh hangs for ever it ends after {took:.2f} s with {code}", 2 < took < 17 and code == 0)

        tv = Tv(display, ["--config", config], f"{name}-at-last")
        tv.arrives("signed-in")
        steps.sign_out(tv)
        steps.code(tv)
        server = display.started[0]
        os.kill(server.pid, signal.SIGSTOP)
        # The code's time is drawn each second: by then it hangs in that.
        time.sleep(3)
        took, code = stopped(tv)
        os.kill(server.pid, signal.SIGCONT)
        expect(f"while the display hangs it ends after {took:.2f} s with {code}", 1 < took < 2 and code == 0)


def stopped(tv, by=signal.SIGTERM):
    began = time.monotonic()
    tv.process.send_signal(by)
    tv.process.wait(25)
    return time.monotonic() - began, tv.process.returncode


def refresh_token(display):
    (path,) = (display.folder / "state").rglob("*.json")
    return json.loads(path.read_text())["refresh_token"]


journey(main)
