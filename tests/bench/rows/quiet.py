"""Signed in, and nothing happens: who is woken, and what is drawn all the same."""

import contenders
from contenders import Things, chromium, configured, sign_in
from drawing import look
from processes import processor, tree, wakeups
from screen import Screen
from table import Goal, Row

# The greeting has gone by then, and the hints have faded.
CALM = 12.0
LOOK = 60


def measure(bench):
    size = bench.sizes[0]
    seconds = 20 if bench.quick else LOOK
    with Screen(size) as screen:
        things = Things(screen, 30)
        config = configured(screen, things, contenders.RESTFUL)
        screen.end(sign_in(screen, config, "quiet").process)
        commands = {
            "tenfoot": [bench.tenfoot, "--config", config],
            "bare": [bench.bare],
            "chromium": chromium(screen, things.page("cards.html")),
        }
        run = lambda _, command: woken(screen, command, seconds)
        runs = bench.rounds("quiet", size, 1 if bench.quick else 3, commands, run, warm=False)
    for who in {name: count for sample in runs["tenfoot"] for name, count in sample["threads"].items()}:
        bench.note(f"woken while nothing happens: the thread {who}, {runs['tenfoot'][0]['threads'].get(who, 0):.2f} times a second")

    def of(what):
        return {who: [sample[what] for sample in samples] for who, samples in runs.items()}

    yield Row(f"nothing happens, {seconds} s: wake-ups a second", "", of("woken"), digits=2, goals=[Goal("tenfoot", 0, "0")])
    yield Row(f"nothing happens, {seconds} s: frames a second", "", of("frames"), digits=2, goals=[Goal("tenfoot", 0, "0")])
    yield Row(f"nothing happens, {seconds} s: processor, of one core", "%", of("processor"), digits=3)


def woken(screen, command, seconds):
    process, _ = screen.start(command, "quiet.log")
    screen.frames(0.8, process=process)
    # It may not draw anything in this time.
    look(screen, CALM)
    pids = tree(process.pid)
    before, spent = wakeups(pids), processor(pids)
    drawn = look(screen, seconds)
    spent, after = processor(pids) - spent, wakeups(pids)
    threads = {}
    for thread, (count, name) in after.items():
        more = count - before.get(thread, (0, name))[0]
        if more:
            threads[name] = threads.get(name, 0) + more / seconds
    screen.end(process)
    return {
        "woken": sum(threads.values()), "frames": drawn.frames / seconds,
        "processor": spent / seconds * 100, "threads": threads,
    }
