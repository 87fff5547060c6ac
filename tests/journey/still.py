"""Somebody is signed in and nothing happens: the program sleeps, and draws nothing."""

import pathlib
import time

import provider
import steps
from displays import Xvfb
from tv import Tv, journey
from waiting import expect, wait

SECONDS = 10
# For what the system itself may have it do.
MOST = 2
# A picture a second: its timer, and what is said to the display and heard from it, by several
# threads. And a question to the provider each five seconds.
MOST_COUNTING = 20 * SECONDS
# Threads that wait for blocking work are given up after ten seconds, each with a wake-up.
SPARE_THREADS = 12


def main(name):
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "5")
        with open(config, "a") as file:
            file.write('\n[display]\nidle = { hints = 0, dim = 0, black = 0 }\n')
        tv = Tv(display, ["--config", config], name)
        steps.start(tv)
        asleep(tv, "at the start")
        steps.code(tv)
        time.sleep(SPARE_THREADS)
        woken = counted(tv)
        few = SECONDS // 2 <= sum(woken.values()) <= MOST_COUNTING
        expect(f"woken {each_second(woken)} by a code's countdown: {woken}", few)
        steps.cancelled(tv)
        steps.sign_in(tv)
        asleep(tv, "signed in")
        tv.changes_picture("Return")
        tv.changes_picture("Return", least=0.1)
        asleep(tv, "with one item open")
        expect("it left with 0", tv.quit() == 0)


def asleep(tv, where):
    time.sleep(SPARE_THREADS)
    before = tv.display.shot()
    woken = counted(tv)
    expect(f"woken {each_second(woken)} {where}: {woken}", sum(woken.values()) <= MOST)
    expect("the picture is the same", before.difference(tv.display.shot()) == 0)


def counted(tv):
    """How often each thread was woken in some seconds from now on."""
    before = switches(tv)
    time.sleep(SECONDS)
    tv.alive()
    after = switches(tv)
    # The threads that are gone have run as well.
    gone = {thread: 1 for thread in before.keys() - after.keys()}
    return {thread: more for thread, more in (minus(after, before) | gone).items() if more}


def minus(after, before):
    return {thread: count - before.get(thread, 0) for thread, count in after.items()}


def switches(tv):
    """How often each thread has gone to sleep by itself so far, by its number and name."""
    found = {}
    for task in pathlib.Path(f"/proc/{tv.process.pid}/task").iterdir():
        try:
            status = dict(line.split(":\t", 1) for line in (task / "status").read_text().splitlines())
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[f"{status['Name']} {task.name}"] = int(status["voluntary_ctxt_switches"])
    return found


def each_second(woken):
    return f"{sum(woken.values()) / SECONDS:.2f} times a second"


journey(main)
