"""What the service manager hears: a socket that plays systemd's."""

import os
import socket
import threading
import time

from waiting import expect, wait


class Manager:
    """Listens for a program on a display; `environment` makes the program talk to it."""

    def __init__(self, display, watchdog=None):
        path = display.folder / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        # Whoever runs the program may speak.
        path.chmod(0o666)
        self.heard = []
        # At all times: a program whose words nobody takes waits with all of itself.
        threading.Thread(target=self.take, daemon=True).start()
        display.environment["NOTIFY_SOCKET"] = str(path)
        if watchdog:
            display.environment["WATCHDOG_USEC"] = str(int(watchdog * 1_000_000))
            # The main process is the compositor, not this program: it must not matter.
            display.environment["WATCHDOG_PID"] = str(os.getpid())

    def take(self):
        while True:
            words = self.socket.recv(4096).decode()
            self.heard += [(time.monotonic(), line) for line in words.splitlines()]

    def words(self):
        return [line for _, line in self.heard]

    def hears(self, word, seconds=10):
        wait(f"the service manager hears {word}", lambda: word in self.words(), seconds)

    def pings(self, seconds):
        """How many pings come in that time."""
        began = time.monotonic()
        time.sleep(seconds)
        return sum(1 for at, line in list(self.heard) if line == "WATCHDOG=1" and at >= began)


def is_ready_after_its_first_picture(manager, tv):
    manager.hears("READY=1")
    words = manager.words()
    expect("it was ready once", words.count("READY=1") == 1)
    expect("and its picture is there", tv.display.shot().colours() > 5)
