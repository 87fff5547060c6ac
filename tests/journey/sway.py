"""The main way through on Wayland, as an unprivileged user."""

import os

import steps
from displays import Sway
from tv import Tv, journey
from waiting import expect


def main(name):
    with Sway() as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        keeps_its_memory_to_itself(tv.process.pid)
        steps.sign_in(tv)
        steps.browse(tv)
        steps.sign_out(tv)
        steps.refused(tv)
        steps.cancelled(tv)
        steps.left(tv)



def keeps_its_memory_to_itself(pid):
    """No crash writes it to a disk, and no other program of the same user reads it (proc(5))."""
    expect("its memory is root's to read", os.stat(f"/proc/{pid}/mem").st_uid == 0)
    with open(f"/proc/{pid}/limits") as limits:
        core = next(line for line in limits if line.startswith("Max core file size"))
    expect("there are no core dumps", core.split()[4:6] == ["0", "0"])


journey(main)
