"""Waiting for conditions, and children that end with their parent."""

import ctypes
import os
import signal
import subprocess
import time


class Failure(Exception):
    """What wasn't as it must be, in words."""


def wait(what, condition, seconds=15.0, every=0.03):
    """Asks until `condition` holds and returns what it said; fails in words after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure(f"not within {seconds:g} s: {what}")
        time.sleep(every)


def expect(what, holds):
    if not holds:
        raise Failure(what)
    print(f"  {what}", flush=True)


def _end_with_parent():
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def spawn(command, **options):
    """Starts a process that gets SIGTERM should this one die."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent, **options)


def end(process, seconds=5):
    """Ends a process that `spawn` started and returns its exit code."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def run(*command, **options):
    """Runs a short command and returns what it printed; None if it failed."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, **options)
    return done.stdout if done.returncode == 0 else None


def leave_cleanly():
    """Makes SIGTERM unwind the program, so that what it started is ended too."""

    def leave(_signal, _frame):
        raise SystemExit(143)

    signal.signal(signal.SIGTERM, leave)


def environment(folder, **more):
    """The surroundings of a program under test: none of the caller's own settings or sessions."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": f"{folder}/config",
        "XDG_STATE_HOME": f"{folder}/state",
        "XDG_CACHE_HOME": f"{folder}/cache",
        "XDG_RUNTIME_DIR": f"{folder}/runtime",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/runtime/no-bus",
        "RUST_BACKTRACE": "1",
        **more,
    }
