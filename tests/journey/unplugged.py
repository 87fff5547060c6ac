"""A television is unplugged, stays so for a while, and is plugged in again, as the same one or as
another: tenfoot has gone on meanwhile, and is on the whole of it. And a display that is lost for
good is told."""

import time

import steps
from displays import SIZE, Unpluggable
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


journey(main)
