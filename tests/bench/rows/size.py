"""How large the programs are, without symbols."""

import pathlib
import subprocess
import tempfile

from table import Goal, Row
from waiting import Failure


def measure(bench):
    samples = {"tenfoot": [stripped(bench.tenfoot)], "bare": [stripped(bench.bare)]}
    yield Row("program, stripped", "MB", samples, digits=1, goals=[Goal("tenfoot", 15, "≤ 15 MB")])


def stripped(program):
    """Its size in MB without what only a debugger wants."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "stripped"
        try:
            subprocess.run(["strip", "-o", str(copy), program], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as why:
            raise Failure(f"{program} can't be stripped: {why}") from None
        return copy.stat().st_size / 1e6
