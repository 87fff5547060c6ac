"""From the start of a program to its first frame, and to the whole of its first picture."""

from contenders import Things, chromium, code_screen, configured, shown_code
from screen import Screen, first_like_last
from table import Goal, Row

# Longer than a pause between a first frame and the rest of it, shorter than the page's seconds.
STILL = 0.8


def measure(bench):
    for size in bench.sizes:
        with Screen(size) as screen:
            config = configured(screen)
            tv = code_screen(screen, config, "code")
            page = Things(screen, 10).page("code.html") + "#" + shown_code(tv)[1]
            # A code that is out would be gone on with at the next start.
            tv.press("Escape", to="start")
            screen.end(tv.process)
            commands = {
                "tenfoot": [bench.tenfoot, "--config", config],
                "bare": [bench.bare],
                "chromium": chromium(screen, page),
            }
            rounds = bench.rounds("start", size, bench.runs, commands, lambda _, command: started(screen, command))
            first, whole = [{who: [run[at] for run in runs] for who, runs in rounds.items()} for at in (0, 1)]
        goals = [Goal("tenfoot/bare", 1.15, "≤ 1.15 × bare"), Goal("tenfoot/chromium", 1 / 8, "≤ 1/8 of Chromium")]
        yield Row(f"start to first frame, {bench.called(size)}", "ms", first, goals)
        yield Row(f"start to the whole picture, {bench.called(size)}", "ms", whole)


def started(screen, command):
    """Milliseconds to the first frame and to the first that is what it is in the end."""
    empty = screen.cells()
    process, began = screen.start(command, "started.log")
    frames = screen.frames(STILL, process=process, before=empty)
    screen.end(process)
    return (frames[0][0] - began) * 1000, (first_like_last(frames) - began) * 1000
