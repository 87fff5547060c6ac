"""A television is unplugged, stays so for a while, and is plugged in again, as the same one or as
another: tenfoot has gone on meanwhile, and is on the whole of it. And a display that is lost for
good is told: what was being renewed then is saved, and a guest is signed out."""

import json
import os
import signal
import time

import provider
import steps
from displays import SIZE, Unpluggable, Xvfb
from manager import Manager
from person import Person
from tv import Tv, fills, journey
from waiting import end, expect, wait

PATIENCE = 1.0


def main(name):
    with Unpluggable() as display:
        manager = Manager(display, watchdog=PATIENCE)
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        manager.hears("READY=1")
        address = steps.code(tv)

        display.unplug()
        time.sleep(1)
        expect("the window is on no output", tv.alive() and not display.window(tv.process))
        count = manager.pings(4 * PATIENCE)
        expect(f"the service manager still hears of it: {count} pings", count >= 6)
        display.plug_in("1280x720")
        fills(tv, (1280, 720))
        tv.shot("smaller")
        expect("the same code is there", tv.qr() == address and tv.screen() == "code")
        expect("and keeps the screen on", display.node(tv.process)["inhibit_idle"])

        display.unplug()
        Person(0).allow(address)
        tv.arrives("signed-in")
        display.plug_in()
        fills(tv, SIZE)
        # It shows what came meanwhile, and hears keys.
        steps.results(tv)
        steps.sign_out(tv)
        steps.code(tv)

        end(display.started[0])
        code = wait("the program ends", lambda: [tv.process.poll()] if tv.process.poll() is not None else None, 5)[0]
        expect(f"without its display it ends with {code}", code == 1)
        expect("and says so", "The display was lost." in tv.said())

    with Unpluggable() as display:
        guest(display, provider.serve(display, "--interval", "1"), f"{name}-guest-on-wayland")
    with Xvfb(manager=True) as display:
        guest(display, provider.serve(display, "--interval", "1"), f"{name}-guest-on-x")
    with Xvfb(manager=True) as display:
        renewal(display, f"{name}-renewal-on-x")
    with Unpluggable() as display:
        renewal(display, f"{name}-renewal-on-wayland")


def guest(display, config, name):
    tv = Tv(display, ["--config", config, "--profile", "guest"], name)
    steps.start(tv)
    steps.sign_in(tv)
    lose(display)
    code = tv.process.wait(5)
    expect(f"a guest's display is gone: it ends with {code}", code == 1)
    expect("and the guest is signed out at the provider", tv.requests("/revoke"))


def renewal(display, name):
    """The display is lost while the answer to a refresh is on its way, at a provider where each
    refresh token works once."""
    lifetime = 4
    options = "--interval", "1", "--token-lifetime", str(lifetime), "--rotation-overlap", "0"
    config = provider.serve(display, *options)
    tv = Tv(display, ["--config", config], name)
    steps.start(tv)
    steps.sign_in(tv)
    server = provider.running[config]
    os.kill(server.pid, signal.SIGSTOP)
    before = refresh_token(display)
    # By then the token has ended.
    time.sleep(lifetime + 1)
    tv.press("r")
    time.sleep(1)
    lose(display)
    time.sleep(2)
    expect("without a display it waits for the answer", tv.process.poll() is None)
    os.kill(server.pid, signal.SIGCONT)
    code = tv.process.wait(5)
    expect(f"and ends with {code} after it", code == 1)
    expect("and says why", "The display was lost." in tv.said())
    after = refresh_token(display)
    expect("the new refresh token is stored", after != before)
    # By then that one's token has ended, too.
    time.sleep(lifetime)
    tenfoot = [display.place(os.environ["TENFOOT_BIN"]), "--config", config]
    fetched = display.launch([*tenfoot, "fetch", "Films"], stdout=open(display.folder / "films", "wb"))
    expect("and it works", fetched.wait(10) == 0 and refresh_token(display) != after)


def lose(display):
    """As a crash does it: nothing is said before."""
    display.witnesses.clear()
    display.started[0].kill()
    display.started[0].wait()


def refresh_token(display):
    found = [path for path in (display.folder / "state").rglob("*.json")]
    expect("one session is stored", len(found) == 1)
    return json.loads(found[0].read_text())["refresh_token"]


journey(main)
