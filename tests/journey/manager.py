"""What the service manager hears: a socket that plays systemd's."""

import os
import socket
import time

from waiting import expect, wait


class Manager:
    """Listens for a program on a display; `environment` makes the program talk to it."""

    def __init__(self, display, watchdog=None):
        path = display.folder / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.setblocking(False)
        self.heard = []
        display.environment["NOTIFY_SOCKET"] = str(path)
        if watchdog:
            display.environment["WATCHDOG_USEC"] = str(int(watchdog * 1_000_000))
            # The main process is the compositor, not this program: it must not matter.
            display.environment["WATCHDOG_PID"] = str(os.getpid())

    def listen(self):
        """All that was said so far as (when, words)."""
        while True:
            try:
                words = self.socket.recv(4096).decode()
            except BlockingIOError:
                return self.heard
            self.heard += [(time.monotonic(), line) for line in words.splitlines()]

    def words(self):
        return [line for _, line in self.listen()]

    def hears(self, word, seconds=10):
        wait(f"the service manager hears {word}", lambda: word in self.words(), seconds)

    def pings(self, seconds):
        """How many pings come in that time."""
        self.listen()
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            time.sleep(0.05)
            self.listen()
        return sum(1 for at, line in self.heard if line == "WATCHDOG=1" and at >= began)


def is_ready_after_its_first_picture(manager, tv):
    manager.hears("READY=1")
    words = manager.words()
    expect("it was ready once", words.count("READY=1") == 1)
    expect("and its picture is there", tv.display.shot().colours() > 5)
