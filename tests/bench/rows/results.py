"""From the approval on the phone to the results on the screen."""

import datetime
import re
import time

from contenders import Things, code_screen, configured
from person import Person
from screen import Screen, first_like_last
from table import Goal, Row
from waiting import Failure
from tv import COLOUR


def measure(bench):
    for interval in (1,) if bench.quick else (1, 5):
        over, after = samples(bench, interval, pictures=False)
        yield Row(f"approval to results, less {interval} s interval and the API's time", "ms", {"tenfoot": over}, goals=[
            Goal("tenfoot", 100, "each ≤ 100 ms", percentile=100),
        ])
        yield Row(f"tokens to results, less the API's time, {interval} s interval", "ms", {"tenfoot": after})
    _, after = samples(bench, 1, pictures=True)
    yield Row("tokens to results and all their pictures, less the API's time", "ms", {"tenfoot": after})


def samples(bench, interval, pictures):
    """From the approval, less interval and API, and from the tokens; milliseconds."""
    over, after = [], []
    with Screen(bench.sizes[0]) as screen:
        things = Things(screen, 30)
        config = configured(screen, things, "", "--interval", str(interval), pictures=pictures)
        for number in range(bench.runs):
            sample = approved(bench, screen, config, number, interval)
            print(f"results {interval} s {number}: {sample}", flush=True)
            over.append(sample["shown"] - interval * 1000 - sample["api"])
            after.append(sample["shown"] - sample["token"] - sample["api"])
    return over, after


def approved(bench, screen, config, number, interval):
    """Milliseconds from the approval to the tokens and to the results, and what the API took."""
    # Somebody else each time: nobody's results are there from before.
    arguments = ["--config", config, "--profile", f"run{number}"]
    tv = code_screen(screen, config, "results", *arguments[2:], log="warn,tenfoot=debug")
    address = tv.qr()
    # At another moment between two polls each time.
    time.sleep(interval * number / bench.runs)
    left, top, right, bottom = (0, screen.size[1] // 4, screen.size[0], screen.size[1] * 7 // 8)
    region = (left, top, right, bottom)
    allowed, _ = Person().allow(address)
    wall = time.time() - (time.monotonic() - allowed)
    frames = screen.frames(interval + 1.5, region=region, process=tv.process)
    shown = first_like_last(frames) - allowed
    said = tv.said()
    bench.keep(screen, f"results-{number}")
    screen.end(tv.process)
    token, _ = answered(said, "/oauth/token")
    _, api = answered(said, "/api/")
    return {"shown": shown * 1000, "token": (token - wall) * 1000, "api": api}


def answered(said, path):
    """When the log says that a request was answered well, in seconds since 1970, and what it took
    in milliseconds."""
    for line in COLOUR.sub("", said).splitlines():
        if path in line and re.search(r"\bstatus=200\b", line):
            took = re.search(r"\bms=(\d+)", line)
            return datetime.datetime.fromisoformat(line.split()[0]).timestamp(), int(took.group(1))
    raise Failure(f"no answer of {path} in the log\n{said[-2000:]}")
