"""What was measured: samples, their ratios, the goals beside them; as a table and as JSON."""

import math
import statistics
from dataclasses import dataclass, field

NAMES = ("tenfoot", "bare", "chromium")


@dataclass
class Goal:
    """That something is `most` at most: of `tenfoot`, or of a ratio such as `tenfoot/bare`."""

    of: str
    most: float
    says: str
    # Which of the samples counts: the median, or the 99th percentile.
    percentile: int = 50

    def value(self, row):
        """What it is in fact; None where nobody measured it."""
        one, _, other = self.of.partition("/")
        if other:
            return row.ratio(one, other)
        samples = row.samples.get(one)
        return percentile(samples, self.percentile) if samples else None


@dataclass
class Row:
    """One thing that was measured, of each who was."""

    name: str
    unit: str
    samples: dict
    goals: list = field(default_factory=list)
    # Samples of tenfoot's that are compared with the others' in another row.
    against: dict = field(default_factory=dict)
    digits: int = 0

    def ratio(self, one, other):
        """The median of the ratios of each round; None where one of them wasn't measured."""
        pairs = list(zip(self.samples.get(one) or [], self.samples.get(other) or self.against.get(other) or []))
        if not pairs or any(below == 0 for _, below in pairs):
            return None
        return statistics.median(above / below for above, below in pairs)

    def shown(self, who):
        samples = self.samples.get(who)
        return f"{statistics.median(samples):.{self.digits}f} {self.unit}".strip() if samples else ""

    def ratios(self):
        """tenfoot's to the bare window and to the browser, in the way that reads better."""
        found = []
        for other in NAMES[1:]:
            ratio = self.ratio("tenfoot", other)
            if ratio is not None:
                reads = f"{ratio:.2f}" if ratio >= 1 or ratio == 0 or other == "bare" else f"1/{1 / ratio:.1f}"
                found.append(f"{reads} {other}")
        return ", ".join(found)

    def told(self):
        return {
            "name": self.name,
            "unit": self.unit,
            "samples": self.samples,
            "medians": {who: statistics.median(samples) for who, samples in self.samples.items() if samples},
            "percentiles_99": {who: percentile(samples, 99) for who, samples in self.samples.items() if samples},
            "ratios": {f"tenfoot/{who}": self.ratio("tenfoot", who) for who in NAMES[1:]},
            "goals": [
                {"says": goal.says, "of": goal.of, "most": goal.most, "is": goal.value(self), "met": met(goal, self)}
                for goal in self.goals
            ],
        }


def met(goal, row):
    value = goal.value(row)
    return None if value is None else value <= goal.most


def percentile(samples, percent):
    """The least of the samples that so many of a hundred are not above."""
    ordered = sorted(samples)
    if percent == 50:
        return statistics.median(ordered)
    return ordered[min(math.ceil(len(ordered) * percent / 100), len(ordered)) - 1]


def lines(rows):
    """The table, a line for each row and another for each further goal."""
    table = [("", "tenfoot", "bare", "Chromium", "ratio", "goal", "met")]
    for row in rows:
        goals = [(goal.says, {True: "yes", False: "NO", None: "?"}[met(goal, row)]) for goal in row.goals] or [("", "")]
        values = [row.shown(who) for who in NAMES]
        table.append((row.name, *values, row.ratios(), *goals[0]))
        table += [("", "", "", "", "", *goal) for goal in goals[1:]]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        cells = [
            text.rjust(width) if column in (1, 2, 3) else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths))
        ]
        yield "  ".join(cells).rstrip()
