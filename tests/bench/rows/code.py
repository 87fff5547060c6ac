"""The code screen with its seconds: processor, what is drawn, memory."""

from contenders import Things, chromium, code_screen, configured, shown_code
from drawing import look
from processes import memory, processor, tree
from screen import Screen
from table import Goal, Row

# The part of the screen that the ring and the two lines beside it take, with room to spare.
SECONDS_TAKE = 1.0


def measure(bench):
    for size in bench.sizes:
        with Screen(size) as screen:
            config, things = configured(screen), Things(screen, 10)
            page = []

            def tenfoot():
                tv = code_screen(screen, config, "code")
                address, shown = shown_code(tv)
                page[:] = [things.page("code.html") + "#" + shown]
                screen.settle(0.5)
                found = looked(screen, bench, tv.process)
                bench.keep(screen, f"code-tenfoot-{bench.called(size)}")
                # A code that is out would be gone on with at the next start.
                tv.press("Escape", to="start")
                screen.end(tv.process)
                return found

            def browser():
                process, _ = screen.start(chromium(screen, page[0]), "code.log")
                screen.frames(0.8, process=process)
                found = looked(screen, bench, process)
                bench.keep(screen, f"code-chromium-{bench.called(size)}")
                screen.end(process)
                return found

            programs = {"tenfoot": tenfoot, "chromium": browser}
            runs = bench.rounds("code", size, bench.runs, programs, lambda _, run: run(), warm=False)
            yield from rows(bench.called(size), runs, size == (1920, 1080))


def looked(screen, bench, process):
    """Of a program on the code screen: what it takes, by name."""
    server, own = [screen.started[0].pid], tree(process.pid)
    before = processor(own), processor(server)
    drawn = look(screen, 10 if bench.quick else 20)
    spent = processor(own) - before[0], processor(server) - before[1]
    area = screen.size[0] * screen.size[1]
    return {
        "processor": spent[0] / drawn.seconds * 100,
        "server": spent[1] / drawn.seconds * 100,
        "frames": drawn.frames / drawn.seconds,
        "area": drawn.pixels / area / drawn.seconds * 100,
        "times": drawn.pixels / max(drawn.new, 1),
        "memory": memory(tree(process.pid)),
    }


def rows(size, runs, held):
    def of(what):
        return {who: [sample[what] for sample in samples] for who, samples in runs.items()}

    yield Row(f"code screen: processor, of one core, {size}", "%", of("processor"), digits=3, goals=[
        Goal("tenfoot/chromium", 1 / 3, "≤ 1/3 of Chromium"), Goal("tenfoot", 0.3, "≤ 0.3 %"),
    ])
    yield Row(f"code screen: the X server's own, {size}", "%", of("server"), digits=3)
    yield Row(f"code screen: frames a second, {size}", "", of("frames"), digits=2)
    yield Row(f"code screen: drawn a second, of the screen, {size}", "%", of("area"), digits=2, goals=[
        Goal("tenfoot", SECONDS_TAKE, "the seconds alone: ≤ 1 %"),
    ])
    yield Row(f"code screen: drawn for each pixel that is new, {size}", "×", of("times"), digits=1)
    goals = [Goal("tenfoot/chromium", 1 / 8, "≤ 1/8 of Chromium")]
    if held:
        goals.insert(0, Goal("tenfoot", 30, "≤ 30 MB"))
    yield Row(f"code screen: memory (PSS), {size}", "MB", of("memory"), digits=1, goals=goals)
