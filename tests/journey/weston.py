"""weston as a kiosk, in a window of an X server: as an unprivileged user."""

import shlex

import steps
from displays import SIZE, Nested
from tv import Tv, journey
from waiting import wait

CONFIG = """[core]
shell=kiosk-shell.so
idle-time=0
[autolaunch]
path={path}
watch=true
"""


def weston(folder, command):
    inside = folder / "inside"
    inside.write_text(f"#!/bin/sh\nexec {shlex.join(command)}\n")
    inside.chmod(0o755)
    config = folder / "weston.ini"
    config.write_text(CONFIG.format(path=inside))
    size = [f"--width={SIZE[0]}", f"--height={SIZE[1]}"]
    return ["weston", "--backend=x11-backend.so", "--use-pixman", f"--config={config}", *size]


def main(name):
    with Nested(weston) as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        # This one can't keep the screen on.
        wait("the choice is told", lambda: "doesn't offer zwp_idle_inhibit" in tv.said())
        steps.there_and_back(tv)


journey(main)
