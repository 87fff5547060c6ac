"""The kiosk under systemd: a Debian of its own with the package in it is booted in a
container, and runs the unit as it is installed: tenfoot in cage, whose screen and keys, which a
container doesn't have, are a window of an X server beside it."""

import subprocess
import sys
import time

from checks import ROOT, attempt, build, check, debian, main

sys.path.insert(0, str(ROOT / "tests/journey"))
from displays import Nested  # noqa: E402

UNIT = "tenfoot-kiosk@tty1.service"
# Thirty seconds would only be longer.
PATIENCE = 6
SOCKETS = "/mnt/x11"
# Beside the X server's socket cage wants to make Xwayland's.
SCREEN = """
[Unit]
ConditionPathExists=

[Service]
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
StandardInput=null
UtmpIdentifier=
TemporaryFileSystem=/tmp/.X11-unix:mode=1777
BindReadOnlyPaths={sockets}/X{number}:/tmp/.X11-unix/X99
Environment=DISPLAY=:99 WLR_BACKENDS=x11 WLR_RENDERER=pixman
WatchdogSec={patience}
"""
CONFIG = """
[provider]
issuer = "https://acme.eu.auth0.com/"
client_id = "abc"
scope = "openid offline_access"
"""
SEQUENCE = ["Up", "Up", "Down", "Down", "Left", "Right", "Left", "Right", "Return"]
BOOTED = ("running", "degraded")


class Box:
    """The Debian that runs."""

    def __init__(self, root, log, screen):
        self.root, self.screen = root, screen
        with open(log, "wb") as output:
            self.container = subprocess.Popen(
                [
                    *("systemd-nspawn", "--quiet", "--register=no", "--keep-unit"),
                    *("--private-network", "--machine=tenfoot-test", "--boot"),
                    f"--bind-ro=/tmp/.X11-unix:{SOCKETS}",
                    f"--directory={root}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self.first = None

    def __enter__(self):
        try:
            if not eventually(self.booted, 60):
                check(False, "systemd boots in a container")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.container.terminate()
        try:
            self.container.wait(20)
        except subprocess.TimeoutExpired:
            self.container.kill()
            self.container.wait()

    def booted(self):
        children = f"/proc/{self.container.pid}/task/{self.container.pid}/children"
        with open(children) as listed:
            numbers = listed.read().split()
        if not numbers:
            return False
        self.first = numbers[-1]
        return self.inside("systemctl", "is-system-running").stdout.strip() in BOOTED

    def inside(self, *command):
        # No cgroup namespace: systemd-nspawn has one of its own only on some kernels.
        spaces = ("--mount", "--uts", "--ipc", "--net", "--pid")
        return attempt("nsenter", "--target", self.first, *spaces, *command)

    def systemctl(self, *words):
        return self.inside("systemctl", *words)

    def shown(self, name):
        told = self.systemctl("show", "--property", name, "--value", UNIT).stdout
        return told.strip()

    def active(self):
        return self.shown("ActiveState") == "active"

    def journal(self):
        return self.inside("journalctl", "--no-pager", "--output=cat", "-u", UNIT).stdout

    def processes(self, *pattern):
        return self.inside("pgrep", "-u", "tenfoot", *pattern).stdout.split()

    def tenfoot(self):
        return self.processes("-x", "tenfoot")

    def told(self, number, what):
        """What a process was started with: its `cmdline` or its `environ`."""
        return self.inside("cat", f"/proc/{number}/{what}").stdout.rstrip("\0").split("\0")

    def pictured(self):
        """Whether something of tenfoot is to be seen."""
        return self.screen.window(None) and self.screen.shot().colours() > 20

    def press(self, *keys):
        self.screen.focus(None)
        for key in keys:
            self.screen.press(key)
            # tenfoot takes no key right after a change of screen.
            time.sleep(0.3)


def eventually(holds, seconds):
    """Whether it holds within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def prepare(root, screen):
    """Another screen than the first terminal's."""
    below = root / f"etc/systemd/system/{UNIT}.d"
    below.mkdir(parents=True)
    number = screen.environment["DISPLAY"].removeprefix(":")
    words = SCREEN.format(sockets=SOCKETS, number=number, patience=PATIENCE)
    (below / "screen.conf").write_text(words)
    (root / "etc/tenfoot/config.toml").write_text(CONFIG)
    (root / "etc/default/locale").write_text("LANG=de_DE.UTF-8\n")


def starts(box):
    enabled = box.systemctl("is-enabled", UNIT).stdout.strip()
    check(enabled == "disabled" and not box.processes(), "nothing runs before somebody says so")
    # So that it stays loaded, and what is asked after its end is still known.
    box.systemctl("enable", UNIT)
    began = box.systemctl("start", UNIT)
    check(began.returncode == 0, f"the start is over when the picture is there: {began.stderr}")
    check(eventually(box.pictured, 5), "and it is there")
    status = box.shown("StatusText")
    check(status == "start", f"tenfoot's word for its screen arrives: {status}")
    running = box.tenfoot()
    check(len(running) == 1, f"one tenfoot runs: {running}")
    arguments = box.told(running[0], "cmdline")
    check(arguments == ["tenfoot", "--kiosk"], f"it is run as {arguments}")
    lines = box.told(running[0], "environ")
    for line in (
        "STATE_DIRECTORY=/var/lib/tenfoot",
        "CACHE_DIRECTORY=/var/cache/tenfoot",
        "CONFIGURATION_DIRECTORY=/etc/tenfoot",
        "XDG_CONFIG_HOME=/etc",
        "XDG_RUNTIME_DIR=/run/tenfoot-kiosk-tty1",
        "LANG=de_DE.UTF-8",
        "WAYLAND_DISPLAY=wayland-0",
    ):
        check(line in lines, f"it is told {line}")
    time.sleep(2.5 * PATIENCE)
    unharmed = box.active() and box.shown("NRestarts") == "0" and box.tenfoot() == running
    check(unharmed, "its pings make the watchdog let it go on")


def frozen(box):
    before = box.tenfoot()
    box.inside("kill", "-STOP", before[0])
    # What it may still be saving has the unit's TimeoutAbortSec to come to an end.
    check(eventually(lambda: box.shown("NRestarts") == "1", 45), "what stands still is ended")
    check("Watchdog timeout" in box.journal(), "by the watchdog")
    check(eventually(box.active, 20), "and started again")
    check(eventually(box.pictured, 5), "up to its picture")
    after = box.tenfoot()
    check(len(after) == 1 and after != before, f"nothing is left behind: {before}, then {after}")


def crashed(box):
    for name in ("tenfoot", "cage"):
        count = int(box.shown("NRestarts")) + 1
        box.inside("kill", "-KILL", *box.processes("-x", name))
        again = eventually(lambda: box.shown("NRestarts") == str(count) and box.active(), 30)
        check(again, f"a crash of {name} starts the kiosk again")


def stopped(box):
    began = time.monotonic()
    box.systemctl("stop", UNIT)
    took = time.monotonic() - began
    check(took < 3, f"it has ended after {took:.1f} s")
    # A signal that ended tenfoot would be told as 128 and more.
    how = (box.shown("Result"), box.shown("ExecMainStatus"))
    check(how == ("success", "0"), f"it was asked to end, and did so by itself: {how}")
    check(not box.processes(), f"nobody is left: {box.processes()}")


def left(box):
    # One was to start at boot.
    before = prompts(box)
    check(before <= 1, "no restart and no stop has brought a login prompt")
    box.systemctl("start", UNIT)
    check(eventually(box.pictured, 5), "it is started once more")
    box.press("Escape", "BackSpace", *SEQUENCE)
    menu = eventually(lambda: box.shown("StatusText") == "service", 5)
    check(menu and box.shown("NRestarts") == "0", "the keys open the service menu, and nothing else")
    box.press("Down", "Down", "Return")
    check(eventually(lambda: box.shown("ActiveState") == "inactive", 15), "it is left on purpose")
    status = box.shown("ExecMainStatus")
    check(status == "10", f"systemd knows by its status: {status}")
    # A restart would come after two.
    time.sleep(4)
    check(box.shown("ActiveState") == "inactive" and not box.processes(), "and it stays so")
    check(prompts(box) == before + 1, "there is a login prompt instead")


def without_a_tv(box):
    """Switched on while the TV isn't."""
    below = box.root / f"etc/systemd/system/{UNIT}.d"
    words = "[Service]\nEnvironment=WLR_BACKENDS=headless WLR_HEADLESS_OUTPUTS=0\n"
    (below / "without-a-tv.conf").write_text(words)
    box.systemctl("daemon-reload")
    began = box.systemctl("start", UNIT)
    check(began.returncode == 0, f"without a TV it starts as well: {began.stderr}")
    time.sleep(1.5 * PATIENCE)
    check(box.active() and box.shown("NRestarts") == "0", "and waits for one")
    box.systemctl("stop", UNIT)
    check(not box.processes(), "until it is stopped")


def prompts(box):
    """How often a login prompt was to start; a container has no terminal for it."""
    told = box.inside("journalctl", "--no-pager", "--output=cat", "-u", "getty@tty1.service")
    return told.stdout.count("getty@tty1.service")


def body(binary, folder):
    root = folder / "debian"
    package = build(binary, folder, "99.0.0-1")
    debian(root, package, "systemd-sysv", "dbus", "cage", "seatd", "xwayland", "procps")
    with Nested(None) as screen:
        prepare(root, screen)
        with Box(root, folder / "boot.log", screen) as box:
            try:
                for part in (starts, frozen, crashed, stopped, left, without_a_tv):
                    part(box)
            except BaseException:
                print(box.journal())
                raise


main(body)
