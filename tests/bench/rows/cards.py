"""Memory with a thousand cards, each with a picture, when all of them were on the screen."""

import pathlib

from contenders import Things, chromium, configured, sign_in
from processes import memory, tree
from screen import Screen
from table import Goal, Row
from waiting import Failure, wait

COUNT = 1000
# How long a picture may take from the press to the screen.
STILL = 0.12


def measure(bench):
    for size in bench.sizes:
        samples = {"tenfoot": [], "chromium": []}
        peaks = {"tenfoot": [], "chromium": []}
        for number in range(1 if bench.quick else 3):
            with Screen(size) as screen:
                for who, start in (("tenfoot", own), ("chromium", browser)):
                    things = Things(screen, COUNT)
                    process = start(screen, bench, things)
                    after, peak = walked(screen, process, things)
                    bench.keep(screen, f"cards-{who}-{bench.called(size)}")
                    screen.end(process)
                    samples[who].append(after)
                    peaks[who].append(peak)
                    print(f"cards {bench.called(size)} {number} {who}: {after:.1f} MB, at most {peak:.1f} MB", flush=True)
        goals = [Goal("tenfoot/chromium", 1 / 8, "≤ 1/8 of Chromium")]
        if size == (1920, 1080):
            goals.insert(0, Goal("tenfoot", 80, "≤ 80 MB"))
        yield Row(f"1,000 cards, all seen: memory (PSS), {bench.called(size)}", "MB", samples, digits=1, goals=goals)
        yield Row(f"1,000 cards: the most of it on the way, {bench.called(size)}", "MB", peaks, digits=1)


def own(screen, bench, things):
    return sign_in(screen, configured(screen, things), "cards").process


def browser(screen, bench, things):
    process, _ = screen.start(chromium(screen, things.page("cards.html")), "cards.log")
    screen.frames(1.0, process=process)
    return process


def walked(screen, process, things):
    """Walks down through all cards; returns the memory after it and the most on the way, in MB."""
    peak, rows, unmoved = 0.0, 0, 0
    while things.served() < things.count or unmoved < 3:
        before = screen.cells()
        screen.x.press("Down")
        try:
            screen.frames(STILL, limit=3, process=process, before=before)
            unmoved = 0
        except Failure:
            unmoved += 1
            if unmoved > 20:
                raise Failure(f"{things.served()} of {things.count} pictures were asked for") from None
        rows += 1
        if rows % 10 == 0:
            peak = max(peak, memory(tree(process.pid)))
    screen.settle(2.0)
    after = memory(tree(process.pid))
    return after, max(peak, after)
