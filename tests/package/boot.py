"""The kiosk under systemd: a Debian of its own with the package in it is booted in a
container, and runs the unit as it is installed, but for the screen, which a container
doesn't have: cage draws into memory.

What systemd is told is told by a stand-in for tenfoot at first, which does on a word what
takes the real one minutes or a defect: stands still, crashes, leaves."""

import subprocess
import time

from checks import attempt, build, check, debian, main

UNIT = "tenfoot-kiosk@tty1.service"
WITHOUT_A_SCREEN = """
[Unit]
ConditionPathExists=

[Service]
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
StandardInput=null
UtmpIdentifier=
Environment=WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman
# Thirty seconds would only be longer.
WatchdogSec=4
"""
STAND_IN = """#!/bin/sh
trap 'echo saved >$STATE_DIRECTORY/saved; exit 0' TERM
echo "$@" >$STATE_DIRECTORY/arguments
env >$STATE_DIRECTORY/environment
systemd-notify --ready --status='the first picture is there'
while :; do
  [ -e $STATE_DIRECTORY/leave ] && rm $STATE_DIRECTORY/leave && exit 10
  systemd-notify WATCHDOG=1
  sleep 0.2 &
  wait $!
done
"""
CONFIG = """
[provider]
issuer = "https://acme.eu.auth0.com/"
client_id = "abc"
scope = "openid offline_access"
"""
BOOTED = ("running", "degraded")


class Box:
    """The Debian that runs."""

    def __init__(self, root, log):
        self.root = root
        self.state = root / "var/lib/tenfoot"
        with open(log, "wb") as output:
            self.container = subprocess.Popen(
                [
                    *("systemd-nspawn", "--quiet", "--register=no", "--keep-unit"),
                    *("--private-network", "--machine=tenfoot-test", "--boot"),
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


def eventually(holds, seconds):
    """Whether it holds within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def prepare(root):
    """No screen, and the stand-in before the real program."""
    below = root / f"etc/systemd/system/{UNIT}.d"
    below.mkdir(parents=True)
    (below / "without-a-screen.conf").write_text(WITHOUT_A_SCREEN)
    stand_in = root / "usr/local/bin/tenfoot"
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)
    (root / "etc/tenfoot/config.toml").write_text(CONFIG)
    (root / "etc/default/locale").write_text("LANG=de_DE.UTF-8\n")


def starts(box):
    enabled = box.systemctl("is-enabled", UNIT).stdout.strip()
    check(enabled == "disabled" and not box.processes(), "nothing runs before somebody says so")
    began = box.systemctl("start", UNIT)
    check(began.returncode == 0, f"the start is over when the picture is there: {began.stderr}")
    check(box.shown("StatusText") == "the first picture is there", "tenfoot's word arrives")
    arguments = (box.state / "arguments").read_text().strip()
    check(arguments == "--kiosk", f"it is run with {arguments}")
    lines = (box.state / "environment").read_text().splitlines()
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
    time.sleep(8)
    check(box.active() and box.shown("NRestarts") == "0", "the watchdog lets it go on")


def frozen(box):
    before = box.processes("-f", "/usr/local/bin/tenfoot")
    check(len(before) == 1, f"one tenfoot runs: {before}")
    box.inside("kill", "-STOP", before[0])
    check(eventually(lambda: box.shown("NRestarts") == "1", 20), "what stands still is ended")
    check(eventually(box.active, 20), "and started again")
    after = box.processes("-f", "/usr/local/bin/tenfoot")
    check(len(after) == 1 and after != before, f"nothing is left behind: {before}, then {after}")


def crashed(box):
    for name in ("tenfoot", "cage"):
        count = int(box.shown("NRestarts")) + 1
        pattern = ("-f", "/usr/local/bin/tenfoot") if name == "tenfoot" else ("-x", "cage")
        box.inside("kill", "-KILL", *box.processes(*pattern))
        again = eventually(lambda: box.shown("NRestarts") == str(count) and box.active(), 30)
        check(again, f"a crash of {name} starts the kiosk again")


def stopped(box):
    began = time.monotonic()
    box.systemctl("stop", UNIT)
    took = time.monotonic() - began
    check((box.state / "saved").exists(), "it is asked to end, and saves")
    check(took < 3 and box.shown("Result") == "success", f"it has ended after {took:.1f} s")
    check(not box.processes(), f"nobody is left: {box.processes()}")


def left(box):
    # One was to start at boot.
    before = prompts(box)
    check(before <= 1, "no restart and no stop has brought a login prompt")
    box.systemctl("start", UNIT)
    (box.state / "leave").touch()
    check(eventually(lambda: box.shown("ActiveState") == "inactive", 15), "it is left on purpose")
    time.sleep(4)
    check(box.shown("ActiveState") == "inactive" and not box.processes(), "and stays so")
    check(prompts(box) == before + 1, "there is a login prompt instead")


def prompts(box):
    """How often a login prompt was to start; a container has no terminal for it."""
    told = box.inside("journalctl", "--no-pager", "--output=cat", "-u", "getty@tty1.service")
    return told.stdout.count("getty@tty1.service")


def real(box):
    """The program itself, to its first screen, in all that it isn't allowed."""
    (box.root / "usr/local/bin/tenfoot").unlink()
    box.systemctl("start", "--no-block", UNIT)
    there = eventually(lambda: "start" in screens(box), 30)
    check(there, f"tenfoot shows its first screen in the kiosk: {screens(box)}")
    # cage draws nothing more into memory after its first frames, so nothing is expected of
    # what comes later.
    box.systemctl("stop", UNIT)
    check(not box.processes(), "and ends with it")


def screens(box):
    lines = box.journal().splitlines()
    return [line.split('to="')[-1].split('"')[0] for line in lines if "to=" in line]


def body(binary, folder):
    root = folder / "debian"
    package = build(binary, folder, "99.0.0-1")
    debian(root, package, "systemd-sysv", "dbus", "cage", "seatd", "xwayland", "procps")
    prepare(root)
    with Box(root, folder / "boot.log") as box:
        try:
            for part in (starts, frozen, crashed, stopped, left, real):
                part(box)
        except BaseException:
            print(box.journal())
            raise


main(body)
