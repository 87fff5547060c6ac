"""What both ways of trying the package need: commands that tell what went wrong, the
package itself, and a Debian to install it in."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
# How exposed the kiosk may be at most, in tenths.
EXPOSURE = 25


class Failed(Exception):
    """A check didn't hold."""


def check(holds, words):
    """Goes on if it holds, and says so."""
    if not holds:
        raise Failed(words)
    print(f"ok  {words}", flush=True)


def run(*command, code=0, **options):
    """Runs it, and fails with what it printed if it ends otherwise. Returns stdout."""
    ran = attempt(*command, **options)
    if ran.returncode != code:
        shown = " ".join(map(str, command))
        raise Failed(f"{shown} ended with {ran.returncode}, not {code}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def attempt(*command, **options):
    """Runs it, however it ends."""
    options = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL} | options
    return subprocess.run([str(word) for word in command], check=False, timeout=600, **options)


def build(binary, folder, version=None):
    """Makes the package of this binary; the version is Cargo's unless another is given."""
    target = folder / "target"
    (target / "release").mkdir(parents=True, exist_ok=True)
    packed = target / "release/tenfoot"
    if not packed.exists():
        shutil.copy2(binary, packed)
    output = folder / (version or "now")
    output.mkdir()
    tools = Path(os.environ["TENFOOT_TOOLS"]) / "bin"
    environment = os.environ | {
        "CARGO_TARGET_DIR": str(target),
        "PATH": f"{tools}:{os.environ['PATH']}",
    }
    # What is only installed needn't be small.
    named = ["--fast", "--deb-version", version] if version else []
    run(
        *("cargo", "deb", "--no-build", "--no-strip", "--locked", "--output", f"{output}/", *named),
        cwd=ROOT,
        env=environment,
    )
    made = list(output.glob("*.deb"))
    check(len(made) == 1, f"one package is made: {[one.name for one in made]}")
    return made[0]


def debian(where, *packages):
    """A small Debian 12 with these packages, and nothing that is only recommended. They may
    be files: then they are installed as a person's `apt install ./file` would."""
    named = [f"--include={name}" for name in packages]
    hook = "--hook-dir=/usr/share/mmdebstrap/hooks/file-mirror-automount"
    run("mmdebstrap", "--variant=minbase", hook, *named, "bookworm", where)


def temporary():
    """A folder that apt's user may read, gone at the end."""
    folder = tempfile.TemporaryDirectory(prefix="tenfoot-package-", ignore_cleanup_errors=True)
    Path(folder.name).chmod(0o755)
    return folder


def main(body):
    """Runs the whole of it with the binary that was named."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} BINARY")
    if os.geteuid() != 0:
        sys.exit("a Debian to install the package in takes root")
    # Whoever ends it early finds neither a container nor a Debian left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    binary = Path(sys.argv[1]).resolve()
    try:
        with temporary() as folder:
            body(binary, Path(folder))
    except Failed as why:
        sys.exit(f"FAILED: {why}")
