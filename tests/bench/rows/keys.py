"""From a key to the frame that shows it, on cards with pictures."""

from contenders import Things, chromium, configured, sign_in
from screen import Screen
from table import Goal, Row
from waiting import Failure

# Round and round in the middle: each press moves the focus, half of them the rows as well.
WALK = ["Right", "Down", "Left", "Up"]
# As many as fill the screen and what lies around it several times over.
COUNT = 200
STILL = 0.25
MOST = {"1080p": 16, "4K": 40}


def measure(bench):
    presses = 40 if bench.quick else 200
    for size in bench.sizes:
        called = bench.called(size)
        with Screen(size) as screen:
            things = Things(screen, COUNT)
            tv = sign_in(screen, configured(screen, things), "keys")
            own = pressed(screen, tv.process, presses)
            bench.keep(screen, f"keys-tenfoot-{called}")
            screen.end(tv.process)
            process, _ = screen.start(chromium(screen, things.page("cards.html")), "keys.log")
            screen.frames(1.0, process=process)
            try:
                theirs = pressed(screen, process, presses)
            except Failure as why:
                bench.note(f"keys in Chromium at {called}: {why}")
                theirs = ([], [])
            bench.keep(screen, f"keys-chromium-{called}")
            screen.end(process)
        first, still = [{"tenfoot": own[at], "chromium": theirs[at]} for at in (0, 1)]
        yield Row(f"key to new frame, cards, {called}", "ms", first, digits=1, goals=[
            Goal("tenfoot", MOST[called], f"median ≤ {MOST[called]} ms"),
            Goal("tenfoot", 2 * MOST[called], f"99th percentile ≤ {2 * MOST[called]} ms", percentile=99),
        ])
        yield Row(f"key to a picture at rest, cards, {called}", "ms", still, digits=0)


def pressed(screen, process, presses):
    """Milliseconds from each press to its first frame and to its last."""
    for key in ["Down"] * 5 + WALK * 2:
        screen.x.press(key)
        screen.settle(STILL)
    first, last = [], []
    for number in range(presses):
        before = screen.cells()
        at = screen.x.press(WALK[number % len(WALK)])
        frames = screen.frames(STILL, limit=5, process=process, before=before)
        first.append((frames[0][0] - at) * 1000)
        last.append((frames[-1][0] - at) * 1000)
    return first, last
