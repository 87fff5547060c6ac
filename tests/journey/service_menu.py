"""A kiosk is left through its service menu, behind a PIN, and in no other way."""

import pathlib
import time

import provider
import steps
from displays import Xvfb
from tv import Tv, journey
from waiting import expect, wait

SEQUENCE = ["Up", "Up", "Down", "Down", "Left", "Right", "Left", "Right", "Return"]


def main(name):
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "1")
        with pathlib.Path(config).open("a") as file:
            file.write('\n[kiosk]\npin = "2580"\n')
        tv = Tv(display, ["--kiosk", "--config", config], name)
        steps.start(tv)
        for key in ("Escape", "BackSpace", "alt+F4"):
            tv.press(key)
        time.sleep(1)
        expect("no key leaves it", tv.alive() and tv.screen() == "start")

        opened(tv)
        time.sleep(1)
        tv.shot("pin")
        typed(tv, "0000")
        wait("the wrong PIN is told", lambda: "wrong PIN" in tv.said(), 5)
        tv.shot("wrong")
        # The first wrong one costs two seconds; what is typed meanwhile isn't taken.
        time.sleep(3.5)
        typed(tv, "2580")
        tv.shot("menu")
        tv.changes_picture("Down", least=0.0005)
        tv.press("Return")
        wait("it was looked at everything", lambda: tv.display.steady("diagnosis").colours() > 10)
        time.sleep(2)
        tv.shot("diagnosis")
        tv.press("Escape")
        time.sleep(0.3)
        tv.press("Up")
        tv.press("Return", to="start")

        opened(tv)
        typed(tv, "2580")
        for key in ("Down", "Down"):
            tv.changes_picture(key, least=0.0005)
        tv.press("Return")
        code = wait("the program ends", lambda: [tv.process.poll()] if tv.process.poll() is not None else None, 5)[0]
        expect(f"it left with {code}", code == 10)


def opened(tv):
    for key in SEQUENCE:
        tv.press(key)
    tv.arrives("service")


def typed(tv, digits):
    for digit in digits:
        tv.press(digit)
    tv.press("Return")


journey(main)
