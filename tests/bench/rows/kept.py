"""From the start with a stored session to what was on the screen the last time."""

import itertools

from contenders import Things, configured, sign_in
from screen import Screen, first_like_last
from table import Goal, Row


def measure(bench):
    for size, pictures in itertools.product(bench.sizes, (False, True)):
        with Screen(size) as screen:
            things = Things(screen, 200)
            config = configured(screen, things, pictures=pictures)
            screen.end(sign_in(screen, config, "kept").process)
            # From here on nobody answers: what is shown is what was kept.
            things.hang()
            commands = {"tenfoot": [bench.tenfoot, "--config", config], "bare": [bench.bare]}

            def run(who, command):
                # Without the legend and the notice below: what they say of the call changes.
                region = (0, size[1] // 8, size[0], size[1] * 3 // 4)
                empty = screen.cells(region)
                process, began = screen.start(command, "kept.log")
                frames = screen.frames(1.5, region=region, process=process, before=empty)
                bench.keep(screen, f"kept-{who}-{bench.called(size)}{'-pictures' if pictures else ''}")
                screen.end(process)
                shown = first_like_last(frames) if who == "tenfoot" else frames[0][0]
                return (shown - began) * 1000, (frames[0][0] - began) * 1000

            rounds = bench.rounds("kept", size, bench.runs, commands, run)
            things.answer()
            whole, first = [{who: [run[at] for run in runs] for who, runs in rounds.items()} for at in (0, 1)]
        what = "last results with their pictures" if pictures else "last results"
        yield Row(f"start to the {what}, {bench.called(size)}", "ms", whole, goals=[
            Goal("tenfoot/bare", 1.5, "≤ 1.5 × bare"),
        ])
        yield Row(f"start to the first frame on the way there, {bench.called(size)}", "ms", first)
