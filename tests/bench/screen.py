"""An X server in memory on which every frame is seen as it comes."""

import subprocess
import time

from displays import Xvfb
from waiting import Failure, end, wait
from xserver import Connection


class Screen(Xvfb):
    def __init__(self, size):
        super().__init__(manager=True, size=size)

    def open(self):
        super().open()
        self.x = Connection(self.environment["DISPLAY"])
        # The server draws the pointer into the picture, and would with another shape as soon as
        # a window is below it: that is nobody's frame. In the corner no cell shows it.
        self.x.point(self.size[0] - 1, self.size[1] - 1)
        empty = self.shot()
        self.stride, self.begin = empty.stride, self.picture.size() - empty.stride * empty.height
        self.empty = self.cells()

    def start(self, command, log):
        """Starts a program and returns it and when: by vfork, without anything in between that
        would add the same to each and make them look alike."""
        with open(self.folder / log, "wb") as file:
            began = time.monotonic()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=self.environment,
            )
        self.started.append(process)
        return process, began

    def end(self, process):
        """Ends a program, and waits until its window is gone."""
        end(process)
        if process in self.started:
            self.started.remove(process)
        # Nearly: the pointer may be where it wasn't.
        wait("the screen is empty again", lambda: alike(self.cells(), self.empty) > 0.998)
        self.x.drawn(0)

    def cells(self, region=None):
        """Of a region one byte of every 16th pixel of every 24th row, and its middle row: any text
        or picture shows in some of them."""
        left, top, right, bottom = region or (0, 0, *self.size)
        rows = [*range(top + 12, bottom, 24), (top + bottom) // 2]
        begins = (self.begin + y * self.stride for y in rows)
        return b"".join(self.picture[at + left * 4 : at + right * 4 : 64] for at in begins)

    def frames(self, still, limit=30.0, region=None, process=None, before=None):
        """Every frame that changes the picture, as (when, cells), until nothing changed for
        `still` seconds; at least one, within `limit`."""
        begun, last = time.monotonic(), self.cells(region) if before is None else before
        found = []
        while True:
            since = found[-1][0] if found else None
            if since and time.monotonic() - since >= still:
                return found
            if time.monotonic() - begun > limit:
                if found:
                    raise Failure(f"the picture doesn't come to rest within {limit:g} s")
                raise Failure(f"nothing is drawn within {limit:g} s")
            if process and process.poll() is not None:
                raise Failure(f"{process.args[0]} ended with {process.returncode}")
            # Now and then without being told: what isn't drawn can change too, by a window's end.
            self.x.drawn(min(0.05, since + still - time.monotonic()) if since else 0.05)
            now = self.cells(region)
            if now != last:
                found.append((time.monotonic(), now))
                last = now

    def settle(self, still=0.5, limit=30.0):
        """Waits until nothing changed for so long, if anything does at all."""
        last, since, begun = self.cells(), time.monotonic(), time.monotonic()
        while time.monotonic() - since < still:
            self.x.drawn(0.02)
            now = self.cells()
            if now != last:
                last, since = now, time.monotonic()
            if time.monotonic() - begun > limit:
                raise Failure(f"the picture doesn't come to rest within {limit:g} s")

    def picture_bytes(self):
        return self.picture[self.begin :]


def alike(one, other):
    """The part of the cells that are the same."""
    return sum(a == b for a, b in zip(one, other)) / max(len(one), 1)


def first_like_last(frames, enough=0.95):
    """When the picture first was what it was in the end, but for the focus on its way there."""
    last = frames[-1][1]
    return next(when for when, cells in frames if alike(cells, last) >= enough)
