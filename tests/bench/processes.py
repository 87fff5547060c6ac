"""What a program takes of the machine, by the kernel's own counts."""

import os
import pathlib
import time

from waiting import Failure


def tree(pid):
    """The process and all that it started, as they are now."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)] = int(stat(entry)[1])
            except OSError:
                pass
    found = [pid]
    for at in found:
        found += [child for child, parent in parents.items() if parent == at]
    return found


def stat(pid):
    """The fields of /proc/PID/stat after the name."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def processor(pids):
    """Seconds of processor time of processes, all threads of them, to the nanosecond."""

    def clock(pid):
        cpuclock_sched = 2
        try:
            return time.clock_gettime((~pid << 3) | cpuclock_sched)
        except OSError:
            return 0.0

    return sum(clock(pid) for pid in pids)


def shares(seconds, *groups):
    """Percent of one core that each group of processes takes over so long."""
    before, began = [processor(pids) for pids in groups], time.monotonic()
    yield_at = began + seconds
    while time.monotonic() < yield_at:
        time.sleep(min(1.0, max(yield_at - time.monotonic(), 0)))
    took = time.monotonic() - began
    return [(processor(pids) - spent) / took * 100 for pids, spent in zip(groups, before)]


def memory(pids):
    """The proportional set size of processes together, in MB: what is shared counts in parts."""
    total = 0
    for pid in pids:
        try:
            lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    if not total:
        raise Failure("the kernel doesn't tell the PSS")
    return total / 1000


def wakeups(pids):
    """How often each thread of the processes went to sleep and was woken so far, by (process, thread)."""
    counts = {}
    for pid in pids:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            try:
                lines = (task / "status").read_text().splitlines()
            except (FileNotFoundError, ProcessLookupError):
                continue
            fields = dict(line.split(":", 1) for line in lines)
            counts[pid, int(task.name)] = (int(fields["voluntary_ctxt_switches"]), fields["Name"].strip())
    return counts
