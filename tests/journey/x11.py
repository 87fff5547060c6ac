"""X servers as they are found: outputs that change, go off and come back, with a window manager
and without; screens of other depths; a Wayland display that isn't there any more; no memory to share."""

import os
import subprocess

from displays import Xvfb
from tv import Tv, journey
from waiting import Failure, expect, run, wait

SMALL = (1280, 720)
RIGHT = """[provider]
issuer = "http://127.0.0.1:9"
client_id = "tv"

[display]
output = "right"

[[channel]]
name = "Films"
url = "http://127.0.0.1:9/films"
"""


def fills(tv, size):
    told = "the window is {} x {}".format(*size)
    wait(told, lambda: tv.display.window(tv.process) == (0, 0, *size))
    print(f"  {told}", flush=True)


def left(tv):
    tv.process.terminate()
    tv.process.wait(20)


def follows(name, manager):
    with Xvfb(manager=manager) as display:
        display.add_mode(*SMALL)
        tv = Tv(display, ["demo"], f"{name}-{'managed' if manager else 'bare'}")
        tv.arrives("start")
        fills(tv, display.size)
        display.output("--mode", "small")
        fills(tv, SMALL)
        display.output("--off", "--fb", "{}x{}".format(*display.size))
        tv.alive()
        display.output("--mode", "small")
        fills(tv, SMALL)
        left(tv)


def comes_later(name):
    with Xvfb(manager=True) as display:
        display.add_mode(*SMALL)
        display.output("--off", "--fb", "{}x{}".format(*display.size))
        tv = Tv(display, ["demo"], f"{name}-later")
        tv.arrives("start")
        display.output("--mode", "small")
        fills(tv, SMALL)
        left(tv)


def goes_to_its_output(name, manager):
    """Two monitors side by side, of which the configuration names the right one."""
    with Xvfb(manager=manager) as display:
        for monitor, geometry, output in (("left", "960/254x1080/286+0+0", "screen"), ("right", "960/254x1080/286+960+0", "none")):
            if run("xrandr", "--setmonitor", monitor, geometry, output, env=display.environment) is None:
                raise Failure(f"xrandr --setmonitor {monitor}")
        place = display.folder / "right.toml"
        place.write_text(RIGHT)
        tv = Tv(display, ["--config", str(place)], f"{name}-right")
        tv.arrives("start")
        told = "the window is on the right monitor"
        wait(told, lambda: tv.display.window(tv.process) == (960, 0, 960, 1080))
        print(f"  {told}", flush=True)
        left(tv)


def depth(name, bits):
    with Xvfb(manager=False, depth=bits) as display:
        tv = Tv(display, ["demo"], f"{name}-{bits}")
        tv.arrives("start")
        fills(tv, display.size)
        colours = lambda: len(set(display.pixels())) > (10 if bits == 8 else 50)
        wait(f"something is drawn at a depth of {bits}", colours)
        left(tv)


class Altered(Xvfb):
    """An X server for programs on a machine that is altered by a command of the shell."""

    def __init__(self, alter):
        super().__init__(manager=False)
        self.alter = alter

    def launch(self, command, **options):
        root = [] if os.getuid() == 0 else ["--map-root-user"]
        altered = ["unshare", *root, "--mount", "sh", "-ec", self.alter + '; exec "$@"', "sh"]
        return super().launch(altered + command, **options)


def no_shared_memory(name):
    with Altered("mount -t tmpfs -o size=64k tmpfs /dev/shm") as display:
        tv = Tv(display, ["demo"], f"{name}-full")
        tv.arrives("start")
        fills(tv, display.size)
        tv.focus()
        tv.changes_picture("Right", least=0.0005)
        expect("the log says how it draws", "no room in /dev/shm" in tv.said())
        left(tv)


def missing_library(library, said):
    """One line says which package is missing."""
    known = run("ldconfig", "-p", env={**os.environ, "PATH": os.environ["PATH"] + ":/sbin:/usr/sbin"}).decode()
    paths = [line.split("=> ")[1] for line in known.splitlines() if line.split()[:1] == [library]]
    hide = "; ".join(f"mount --bind /dev/null $(readlink -f {path})" for path in paths)
    with Altered(hide) as display:
        binary = display.place(os.environ["TENFOOT_BIN"])
        out = display.folder / "missing.log"
        process = display.launch([binary, "--log", "off", "demo"], stdout=open(out, "wb"), stderr=subprocess.STDOUT)
        process.wait(20)
        lines = [line for line in out.read_text().splitlines() if "Approve sign-ins" not in line]
        expect(f"without {library}: {lines}", process.returncode == 1 and lines == [f"tenfoot: {said}"])


def stale(name):
    with Xvfb(manager=False) as display:
        display.environment["WAYLAND_DISPLAY"] = "gone-0"
        tv = Tv(display, ["demo"], f"{name}-stale")
        tv.arrives("start")
        fills(tv, display.size)
        expect("the log says why X11 is used", "Wayland display can't be used" in tv.said())
        left(tv)


def screen_saver(name):
    with Xvfb(manager=False) as display:
        tv = Tv(display, ["demo"], f"{name}-saver", log="warn,tenfoot=debug")
        tv.arrives("start")
        display.focus(tv.process)
        tv.press("Return", to="code")
        wait("X's own screen saver waits", lambda: 'by="x11"' in tv.said())
        left(tv)


def main(name):
    follows(name, manager=False)
    follows(name, manager=True)
    goes_to_its_output(name, manager=False)
    comes_later(name)
    for bits in (8, 15, 16, 30):
        depth(name, bits)
    no_shared_memory(name)
    missing = "The window can’t be opened: libraries are missing. On Debian, install {}."
    missing_library("libX11.so.6", missing.format("libx11-6"))
    missing_library("libXi.so.6", missing.format("libxi6"))
    missing_library("libxkbcommon-x11.so.0", "The window can’t be opened: Library libxkbcommon-x11.so could not be loaded.")
    stale(name)
    screen_saver(name)


journey(main)
