"""A session outlives the program; a provider that isn't inside it; a configuration that's wrong.
What the log says at its most talkative."""

import json
import stat
import urllib.parse

import provider
import steps
from displays import Xvfb
from tv import Tv, journey
from waiting import expect, wait


def main(name):
    with Xvfb(manager=True) as display:
        config = provider.serve(display, "--interval", "1")
        tv = Tv(display, ["--config", config], name, log="trace")
        steps.start(tv)
        address = steps.sign_in(tv)
        tv.quit()
        sessions = files(display)
        expect(f"kept in {[f.name for f in sessions]}", sessions)
        for file in sessions:
            expect(f"{file.name} is for its owner alone", stat.S_IMODE(file.stat().st_mode) == 0o600)
        for folder in {file.parent for file in sessions}:
            expect(f"{folder.name}/ is for its owner alone", stat.S_IMODE(folder.stat().st_mode) == 0o700)

        tv.keeps_to_itself(secrets(sessions, address))

        tv = Tv(display, ["--config", config], f"{name}-again")
        tv.arrives("signed-in")
        expect("no code was asked for", all(to != "code" for _, to in tv.changes()))
        steps.results(tv)
        steps.sign_out(tv)
        wait("the session is deleted", lambda: not files(display))
        tv.quit()

        wrong = display.folder / "wrong.toml"
        wrong.write_text("[provider]\nissuer = \"https://example.com/\"\nclient_idd = \"tv\"\n")
        tv = Tv(display, ["--config", str(wrong)], f"{name}-wrong")
        tv.arrives("problem")
        tv.shot("problem")


def secrets(sessions, address):
    """What is in the stored session and nobody's business, and the user code."""
    [session] = [json.loads(file.read_text()) for file in sessions]
    [code] = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["user_code"]
    return {name: session[name] for name in ("access_token", "refresh_token")} | {"user code": code}


def files(display):
    return [path for path in (display.folder / "state").rglob("*") if path.is_file() and not path.name.endswith(".lock")]


journey(main)
