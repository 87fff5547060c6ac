"""The program on a display, as somebody in front of it knows it: what it shows and says."""

import os
import pathlib
import re
import sys
import time
import traceback

from waiting import Failure, end, expect, leave_cleanly, wait

CHANGE = re.compile(r'\bfrom="?([\w-]+)"?.*?\bto="?([\w-]+)|\bto="?([\w-]+)"?.*?\bfrom="?([\w-]+)')
FIELD = re.compile(r'\b(method|host|path|status)="?([^"\s]+)')
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Keys right after a change of screen were meant for the one before; tenfoot ignores them.
SETTLING = 0.3
SHOTS = pathlib.Path(os.environ.get("TENFOOT_SHOTS") or "/tmp/tenfoot-shots")
# What lies between the header and the legend.
MIDDLE = (96, 260, 1824, 960)
# The ring around what has the focus, in the dark theme.
RING = (235, 235, 230)


class Tv:
    def __init__(self, display, arguments, name, log="warn,tenfoot=debug"):
        self.display, self.name = display, name
        self.log, self.out = display.folder / f"{name}.log", display.folder / f"{name}.out"
        self.taken = 0
        # How much of the log was read, and what it told.
        self.heard, self.went, self.asked = 0, [], []
        self.process = display.launch(
            [display.place(os.environ["TENFOOT_BIN"]), "--log", log, *arguments],
            stdout=open(self.out, "wb"), stderr=open(self.log, "wb"),
        )
        display.witnesses.append(self.tell)
        # Changes of screen that were waited for, and all that there were at the last look.
        self.seen, self.counted, self.changed_at = 0, 0, 0.0
        wait("the program logs its first screen", lambda: self.alive() and self.changes())
        wait("its window is on the display", lambda: display.window(self.process))

    def alive(self):
        code = self.process.poll()
        if code is not None:
            raise Failure(f"the program ended with {code}")
        return True

    def said(self):
        """Both of its outputs, without colours."""
        return COLOUR.sub("", (self.out.read_bytes() + self.log.read_bytes()).decode())

    def hear(self):
        """Takes in what was logged since the last time: at its most talkative that is a lot."""
        with open(self.log, "rb") as file:
            file.seek(self.heard)
            lines = file.read()
        lines = lines[: lines.rfind(b"\n") + 1]
        self.heard += len(lines)
        for line in lines.splitlines():
            if b"to=" not in line and b"status=" not in line and b"\x1b" not in line:
                continue
            line = COLOUR.sub("", line.decode())
            match = CHANGE.search(line)
            if match:
                a, b, c, d = match.groups()
                self.went.append((a, b) if a else (d, c))
            fields = dict(FIELD.findall(line))
            if "status" in fields and "path" in fields:
                self.asked.append(fields)

    def changes(self):
        """Every change of screen so far as (from, to)."""
        self.hear()
        return self.went

    def requests(self, path=""):
        """Every request so far whose path holds `path`, as its logged fields."""
        self.hear()
        return [r for r in self.asked if path in r["path"]]

    def screen(self):
        return self.changes()[-1][1]

    def arrives(self, screen, seconds=15):
        """Waits for a change to `screen` that hasn't been waited for yet."""

        def there():
            self.alive()
            new = self.changes()[self.seen :]
            return any(to == screen for _, to in new)

        try:
            wait(f"{self.name} shows {screen}", there, seconds)
        except Failure as failure:
            raise Failure(f"{failure}; it went {self.changes()}") from None
        changes = self.changes()
        self.seen += next(at for at, (_, to) in enumerate(changes[self.seen :]) if to == screen) + 1
        self.changed_at = time.monotonic()
        print(f"  {changes[self.seen - 1][0]} -> {screen}", flush=True)

    def settled(self):
        """Whether the last change of screen, waited for or not, is some time ago."""
        count = len(self.changes())
        if count != self.counted:
            self.counted, self.changed_at = count, time.monotonic()
        return time.monotonic() - self.changed_at > SETTLING

    def press(self, key, to=None):
        wait("the screen has settled", self.settled)
        print(f"  key {key}", flush=True)
        self.display.press(key)
        if to:
            self.arrives(to)

    def shot(self, name):
        """A picture that has come to rest, saved under a name."""
        picture = self.display.steady(name)
        self.save(picture, name)
        return picture

    def save(self, picture, name):
        self.taken += 1
        SHOTS.mkdir(parents=True, exist_ok=True)
        picture.save(SHOTS / f"{self.name}-{self.taken:02}-{name}.png")

    def qr(self, other_than=None):
        """What the one QR on the screen says, once it says something else than before."""

        def read():
            self.alive()
            texts = self.display.shot().qr()
            return texts if len(texts) == 1 and texts[0] != other_than else None

        return wait("one QR can be read off the screen", read)[0]

    def changes_picture(self, key, region=None, least=0.001):
        """Presses a key that must show on the screen without a change of screen."""
        before = self.display.steady(f"before {key}")
        self.press(key)
        wait(f"{key} shows", lambda: self.alive() and before.difference(self.display.shot(), region) > least)
        return self.display.steady(f"after {key}")

    def tell(self):
        """After a failure: the last that it said, and what the screen shows."""
        print("\n".join(f"  | {line[:300]}" for line in self.said().splitlines()[-25:]))
        self.save(self.display.shot(), "failed")

    def focus(self):
        """Where the focus is: (left, top, right, bottom) of its ring."""
        ring = self.display.steady("the focus").frame(RING)
        expect(f"the focus is at {ring}", ring)
        return ring

    def quit(self):
        return end(self.process)

    def keeps_to_itself(self, secrets):
        """Nothing that it said so far holds one of these, by name."""
        said = self.said()
        expect(f"it said {len(said)} characters", "TRACE" in said)
        for name, secret in secrets.items():
            lines = [line for line in said.splitlines() if secret in line]
            if lines:
                raise Failure(f"the {name} is in what it said: {lines[0][:300]}")
            expect(f"and nothing of the {name}", len(secret) > 6)


def covers(tv, size=(1920, 1080)):
    """The window is as large as the screen and paints into its corners."""
    wait("the window covers the screen", lambda: tv.display.window(tv.process) == (0, 0, *size), 5)
    picture = tv.display.steady("corners")
    right, bottom = size[0] - 1, size[1] - 1
    corners = [picture.pixel(x, y) for x in (0, right) for y in (0, bottom)]
    expect(f"the window covers {size[0]} x {size[1]}, corners {corners}", (0, 0, 0) not in corners)


def fills(tv, size, logical=None):
    """The window is the whole output, and something is drawn in each of its quarters."""
    logical = logical or size
    wait(f"the window is {logical}", lambda: tv.alive() and tv.display.window(tv.process) == (0, 0, *logical))
    picture = tv.display.steady(f"at {size}")
    expect(f"the picture is {size[0]} × {size[1]}", (picture.width, picture.height) == size)
    left, top, right, bottom = tv.focus()
    expect("what has the focus is on it", 0 < left < right < size[0] and 0 < top < bottom < size[1])


def journey(main):
    """Runs a journey, says how it went and exits by it."""
    leave_cleanly()
    name = pathlib.Path(sys.argv[0]).stem
    print(name, flush=True)
    try:
        main(name)
    except Failure as failure:
        print(f"{name} failed: {failure}")
        sys.exit(1)
    except Exception:
        traceback.print_exc()
        sys.exit(1)
    print(f"{name}: as it should be")
