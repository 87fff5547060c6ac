"""A hundred thousand items: a key among them, and from the JSON to the list.

By examples that are built with the same profile; one that isn't there is said to be missing.
"""

import json
import subprocess

from table import Goal, Row
from waiting import Failure


def measure(bench):
    steps = printed(bench, "items", "--json")
    if steps is not None:
        for step in steps:
            times = {"tenfoot": [step["many_ms"]], "bare": [step["few_ms"]]}
            yield Row(f"a key among 100,000 ({step['layout']}), against 100", "ms", times, digits=3, goals=[
                Goal("tenfoot/bare", 1.1, "≤ 1.1 × among 100"),
            ])
            yield Row(f"100,000 come ({step['layout']}): the screen's thread", "ms", {"tenfoot": [step["arrival_ms"]]}, digits=2, goals=[
                Goal("tenfoot", 8, "≤ 8 ms"),
            ])
    listing = printed(bench, "listing", "--json")
    for found in listing or []:
        yield Row("100,000 items: " + found["what"], found.get("unit", ""), {"tenfoot": found.get("samples") or [found["value"]]}, digits=2, goals=[
            Goal("tenfoot", found["goal"], found.get("says") or f"≤ {found['goal']}"),
        ] if "goal" in found else [])


def printed(bench, example, *arguments):
    """What an example prints, a JSON object a line; None where it wasn't built."""
    program = bench.examples / example
    if not program.exists():
        bench.note(f"the example {example} isn't built, and what it measures is missing")
        return None
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise Failure(f"the example {example} ended with {done.returncode}: {done.stderr[-500:]}")
    try:
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    except ValueError as why:
        raise Failure(f"the example {example} doesn't print JSON: {why}") from None
