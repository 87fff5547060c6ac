"""What tenfoot costs, looked at from outside: measure.py TENFOOT BARE.

Prints a table; the goals beside it are told, not asserted. Fails only if something
can't be measured at all.
"""

import datetime
import os
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "journey"))

import provider
from displays import Xvfb
from person import Person
from tv import MIDDLE, Tv
from waiting import Failure, end, leave_cleanly, wait

RUNS = 7
TICKS = os.sysconf("SC_CLK_TCK")


def main(tenfoot, bare):
    os.environ["TENFOOT_BIN"] = tenfoot
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "1")
        table = [*first_pictures(display, [tenfoot, "--config", config], [bare])]
        table += waiting(display, config)
        table += approvals(display, config, 1, 3)
    with Xvfb(manager=True) as display:
        table += approvals(display, provider.serve(display, "--interval", "5"), 5, 2)
    print(f"\n{'':44} {'measured':>12}   goal")
    for what, value, goal in table:
        print(f"{what:44} {value:>12}   {goal}")


def first_pictures(display, *programs):
    """The medians of runs in turn: the first pixel, and the picture in which nothing moves any more."""
    times = [[first_picture(display, command) for command in programs] for _ in range(RUNS + 1)][1:]
    (first, whole), (bare_first, bare_whole) = (
        [statistics.median(run[program][kind] for run in times) * 1000 for kind in (0, 1)] for program in (0, 1)
    )
    yield "bare iced window: first pixel", f"{bare_first:.0f} ms", ""
    yield "tenfoot: first pixel", f"{first:.0f} ms", f"<= {bare_first * 1.5:.0f} ms (1.5 x bare)"
    yield "bare iced window: its whole picture", f"{bare_whole:.0f} ms", ""
    yield "tenfoot: its whole start screen", f"{whole:.0f} ms", ""
    yield "tenfoot / bare: first pixel", f"{first / bare_first:.2f}", "<= 1.5"


def first_picture(display, command):
    """Seconds from the start of the process to the first pixel and to the last change, as the X
    server's own memory shows them: the same for every program, and no work for the server."""
    picture, empty = display.picture, display.shot()
    # One byte of every 16th pixel of every 24th row, and a row through the middle.
    begin = display.picture.size() - empty.stride * empty.height
    rows = [begin + y * empty.stride for y in [*range(12, empty.height, 24), empty.height // 2]]

    def look():
        return b"".join(picture[row : row + empty.stride : 64] for row in rows)

    log = open(display.folder / "first.log", "wb")
    before = look()
    began = time.monotonic()
    process = display.launch(command, stdout=log, stderr=log)
    changes, last = [], before
    while not changes or time.monotonic() - changes[-1] < 0.5:
        now = look()
        if now != last:
            changes.append(time.monotonic())
            last = now
        if process.poll() is not None or time.monotonic() - began > 20:
            raise Failure(f"{command[0]} shows nothing\n{(display.folder / 'first.log').read_text()}")
        time.sleep(0.0005)
    end(process)
    wait("the screen is empty again", lambda: look() == before)
    return changes[0] - began, changes[-1] - began


def waiting(display, config):
    """The code screen, with nobody approving: processor and memory of the TV alone."""
    tv = Tv(display, ["--config", config], "waiting")
    tv.arrives("start")
    tv.press("Return", to="code")
    tv.qr()
    seconds, before, began = 20, processor(tv.process.pid), time.monotonic()
    time.sleep(seconds)
    share = (processor(tv.process.pid) - before) / (time.monotonic() - began) * 100
    memory = proportional(tv.process.pid)
    tv.quit()
    yield f"code screen, {seconds} s: of one core", f"{share:.2f} %", "< 1 %"
    yield "code screen: memory (PSS)", f"{memory:.1f} MB", "< 45 MB"


def processor(pid):
    """Seconds of processor time of a process, all its threads."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def proportional(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    raise Failure("the kernel doesn't tell the PSS")


def approvals(display, config, interval, runs):
    """The longest of some waits from the phone's "allowed" to results on the screen."""
    answered, shown = [], []
    for run in range(runs):
        tv = Tv(display, ["--config", config, "--profile", f"run{run}"], f"approval-{interval}-{run}")
        tv.arrives("start")
        tv.press("Return", to="code")
        address = tv.qr()
        allowed, _ = Person().allow(address)
        wall = time.time() - (time.monotonic() - allowed)
        wait("pictures are on the screen", lambda: tv.display.shot().colours(MIDDLE) > 200, interval + 15)
        shown.append(time.monotonic() - allowed)
        answered.append(api_answered(tv) - wall)
        tv.quit()
    yield f"approval to the API's answer, interval {interval} s", f"{max(answered):.2f} s", f"<= {interval + 1} s"
    yield f"approval to results on screen, interval {interval} s", f"{max(shown):.2f} s", f"<= {interval + 1} s"


def api_answered(tv):
    """When the log says that the API answered, as seconds since 1970."""
    for line in tv.said().splitlines():
        if "path=" in line and "/api/" in line and "status=200" in line:
            return datetime.datetime.fromisoformat(line.split()[0]).timestamp()
    raise Failure(f"no answer of the API in the log\n{tv.said()}")


leave_cleanly()
try:
    main(*sys.argv[1:])
except Failure as failure:
    sys.exit(f"can't be measured: {failure}")
