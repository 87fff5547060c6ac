"""The service manager hears that the picture is there and alive, and nothing from one that is
frozen."""

import os
import signal
import time

import steps
from displays import Xvfb
from manager import Manager, is_ready_after_its_first_picture
from tv import Tv, journey
from waiting import expect, wait

PATIENCE = 1.0


def main(name):
    with Xvfb(manager=True) as display:
        manager = Manager(display, watchdog=PATIENCE)
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        is_ready_after_its_first_picture(manager, tv)
        manager.hears("STATUS=start")
        alive(manager)

        os.kill(tv.process.pid, signal.SIGSTOP)
        frozen(manager, "the program is stopped")
        os.kill(tv.process.pid, signal.SIGCONT)
        alive(manager)

        # The display's server: all of the program runs on, but for what draws.
        server = display.started[0]
        os.kill(server.pid, signal.SIGSTOP)
        frozen(manager, "nothing can be drawn")
        os.kill(server.pid, signal.SIGCONT)
        alive(manager)

        steps.code(tv)
        manager.hears("STATUS=code")
        expect("a screen is told once", manager.words().count("STATUS=code") == 1)
        expect("it left with 0", tv.quit() == 0)
        expect("and said so before", manager.words().count("STOPPING=1") == 1)


def alive(manager):
    wait("a ping", lambda: manager.pings(0.2), 5)
    count = manager.pings(4 * PATIENCE)
    expect(f"{count} pings in {4 * PATIENCE:g} s", 6 <= count <= 9)


def frozen(manager, why):
    # One may be on its way, another be sent before the next picture.
    time.sleep(1.5 * PATIENCE)
    count = manager.pings(3 * PATIENCE)
    expect(f"{count} pings while {why}", count == 0)


journey(main)
