"""The Debian package from its making to its purge: what is in it, lintian, and its life in a
Debian of its own."""

import io
import json
import re
import stat
import tarfile

from checks import EXPOSURE, PACKAGING, attempt, build, check, debian, main, run

UNIT = "tenfoot-kiosk@.service"
CONFIG = """
[provider]
issuer = "https://acme.eu.auth0.com/"
client_id = "abc"
scope = "openid offline_access"

[[channel]]
name = "Contacts"
url = "https://api.acme.com/contacts"
"""
# systemd 252 doesn't know how to back off, and says so.
UNKNOWN_BEFORE_254 = ("RestartSteps", "RestartMaxDelaySec")


def files():
    """What desktops and software centres read."""
    run("desktop-file-validate", "--warn-kde", PACKAGING / "tenfoot.desktop")
    check(True, "the desktop file is valid")
    metainfo = PACKAGING / "io.github.tenfoot.tenfoot.metainfo.xml"
    told = run("appstreamcli", "validate", "--no-net", "--pedantic", metainfo)
    # AppStream 0.16 knows only the older name of it, software centres want the newer.
    told = [line for line in told.splitlines() if re.match(r"[EWIP]:", line)]
    told = [line for line in told if "unknown-tag developer" not in line]
    check(not told, f"the metainfo is valid, and nothing is to be said about it: {told}")
    for script in ("systemd/kiosk", "systemd/inside", "icons/render"):
        run("sh", "-n", PACKAGING / script)


def contents(package):
    """What is in it, and what isn't."""
    listed = run("dpkg-deb", "--contents", package)
    paths = {line.split()[5].removeprefix("."): line.split() for line in listed.splitlines()}
    for path in (
        "/usr/bin/tenfoot",
        "/etc/tenfoot/config.toml",
        "/etc/pam.d/tenfoot-kiosk",
        f"/usr/lib/systemd/system/{UNIT}",
        "/usr/lib/sysusers.d/tenfoot.conf",
        "/usr/lib/tmpfiles.d/tenfoot.conf",
        "/usr/share/applications/tenfoot.desktop",
        "/usr/share/metainfo/io.github.tenfoot.tenfoot.metainfo.xml",
        "/usr/share/icons/hicolor/16x16/apps/tenfoot.png",
        "/usr/share/icons/hicolor/512x512/apps/tenfoot.png",
        "/usr/share/man/man1/tenfoot.1.gz",
        "/usr/share/bash-completion/completions/tenfoot",
        "/usr/share/zsh/vendor-completions/_tenfoot",
        "/usr/share/fish/vendor_completions.d/tenfoot.fish",
        "/usr/share/doc/tenfoot/copyright",
    ):
        check(path in paths, f"{path} is in it")
    foreign = [path for path, told in paths.items() if told[1] not in ("0/0", "root/root")]
    check(not foreign, f"everything in it is root's: {foreign}")
    with tarfile.open(fileobj=control(package)) as archive:
        conffiles = archive.extractfile(member(archive, "conffiles")).read().decode().split()
    check(
        sorted(conffiles) == ["/etc/pam.d/tenfoot-kiosk", "/etc/tenfoot/config.toml"],
        f"what is kept at upgrades: {conffiles}",
    )


def control(package):
    return io.BytesIO(attempt("dpkg-deb", "--ctrl-tarfile", package, text=False).stdout)


def member(archive, name):
    return next(one for one in archive.getnames() if one.removeprefix("./") == name)


def lintian(package):
    """Not a word from lintian that isn't explained in the overrides."""
    told = run(
        *("lintian", "--allow-root", "--no-cfg", "--display-info", "--pedantic"),
        *("--fail-on", "error,warning,info,pedantic", package),
    )
    check(not told.strip(), f"lintian has nothing to say: {told.strip()}")


def unit(inside):
    """The kiosk, where everything that it names is installed."""
    told = inside("systemd-analyze", "verify", "--man=no", f"{UNIT[:-8]}tty1.service", both=True)
    said = [line for line in told.splitlines() if "tenfoot" in line]
    said = [line for line in said if not any(key in line for key in UNKNOWN_BEFORE_254)]
    check(not said, f"systemd understands every line of the unit: {said}")
    told = inside(
        *("systemd-analyze", "security", "--offline=yes", f"--threshold={EXPOSURE}"),
        *("--no-pager", f"{UNIT[:-8]}tty1.service"),
    )
    check(True, told.strip().splitlines()[-1])
    state = inside("systemctl", "is-enabled", UNIT[:-8] + "tty1.service", code=None).strip()
    check(state == "disabled", f"the kiosk isn't enabled: {state}")


def started(inside, root):
    """It runs where nothing but its dependencies is."""
    version = inside("tenfoot", "--version").strip()
    check(re.fullmatch(r"tenfoot \d+\.\d+\.\d+", version), f"it starts: {version}")
    told = inside("tenfoot", "config", "path").strip()
    check(told == "/etc/tenfoot/config.toml", f"it reads the configuration: {told}")
    told = inside("tenfoot", "config", "check", code=2, both=True)
    check("/etc/tenfoot/config.toml" in told, f"nothing is set up yet: {told.strip()}")
    (root / "etc/tenfoot/config.toml").write_text(CONFIG)
    told = inside("tenfoot", "config", "check").strip()
    check("1 channel" in told, f"it is set up: {told}")
    # There is no network to the provider; what is on this machine can be judged all the same.
    report = json.loads(inside("tenfoot", "doctor", "--json", code=1))
    states = {one["check"]: one["state"] for one in report["checks"]}
    check(states["config"] == states["storage"] == "ok", f"the doctor says {states}")
    told = inside("tenfoot", code=1, both=True)
    check("no display" in told, f"without a display it says so: {told.strip()}")


def kept_private(root):
    """Who may see sessions."""
    lines = (root / "etc/passwd").read_text().splitlines()
    users = [line for line in lines if line.startswith("tenfoot:")]
    check(len(users) == 1 and users[0].endswith("/nologin"), f"the kiosk's user: {users}")
    number = int(users[0].split(":")[2])
    for place in ("var/lib/tenfoot", "var/cache/tenfoot"):
        seen = (root / place).stat()
        held = (seen.st_uid, stat.S_IMODE(seen.st_mode)) == (number, 0o700)
        check(held, f"/{place} is the kiosk's alone")


def life(old, new, folder):
    """Installed, started, upgraded, removed, installed again, purged."""
    root = folder / "debian"
    debian(root, old)
    check(True, "it installs with its dependencies")

    def inside(*command, code=0, both=False):
        home = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        own = ("unshare", "--mount", "--pid", "--fork", f"--mount-proc={root}/proc")
        ran = attempt(*own, "chroot", root, *command, env=home)
        told = ran.stdout + (ran.stderr if both else "")
        words = f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}"
        if code is not None and ran.returncode != code:
            check(False, words)
        return told

    def dpkg(*arguments):
        inside("dpkg", *arguments, both=True)

    kept_private(root)
    unit(inside)
    started(inside, root)

    config = root / "etc/tenfoot/config.toml"
    session = root / "var/lib/tenfoot/sessions/somebody.json"
    session.parent.mkdir(parents=True)
    session.write_text("{}")
    (root / "var/cache/tenfoot/answer").write_text("{}")
    wants = root / "etc/systemd/system/graphical.target.wants"
    inside("systemctl", "enable", "tenfoot-kiosk@tty1.service", both=True)
    check(any(wants.glob("tenfoot*")), "somebody enables the kiosk")

    (root / "new.deb").write_bytes(new.read_bytes())
    dpkg("--install", "/new.deb")
    version = inside("dpkg-query", "--show", "--showformat=${Version}", "tenfoot")
    check(version == "99.0.0-1", f"it is upgraded: {version}")
    check(config.read_text() == CONFIG, "the upgrade keeps the configuration")
    check(session.exists(), "the upgrade keeps the sessions")
    check(any(wants.glob("tenfoot*")), "the upgrade keeps the kiosk enabled")
    started_again = inside("tenfoot", "config", "check").strip()
    check("fine" in started_again, "it starts after the upgrade")
    kept_private(root)

    dpkg("--remove", "tenfoot")
    check(not (root / "usr/bin/tenfoot").exists(), "it is removed")
    check(config.read_text() == CONFIG, "the removal keeps the configuration")
    check(session.exists(), "the removal keeps the sessions")
    dpkg("--install", "/new.deb")
    check(config.read_text() == CONFIG, "installed again, it has its configuration")

    dpkg("--purge", "tenfoot")
    (root / "new.deb").unlink()
    # What the administrator's own tenfoot has put below their home is theirs.
    left = [str(path.relative_to(root)) for path in root.rglob("*tenfoot*")]
    left = [path for path in left if not path.startswith("root/")]
    check(not left, f"the purge leaves nothing: {left}")
    check(not session.exists(), "the purge deletes the sessions")


def body(binary, folder):
    files()
    old = build(binary, folder)
    contents(old)
    lintian(old)
    life(old, build(binary, folder, "99.0.0-1"), folder)


main(body)
