"""Who is measured: tenfoot, the bare window, a browser as a kiosk. And what they show."""

import json
import os
import pathlib
import re
import shutil
import signal
import sys
import urllib.parse
import urllib.request

import provider
import qr
from person import Person
from tv import Tv
from waiting import Failure, wait

HERE = pathlib.Path(__file__).resolve().parent
# Nothing is due while one looks: neither dims nor turns black.
RESTFUL = """
[display.idle]
hints = "5s"
dim = 0
black = 0
"""


def chromium(display, address):
    """The command of a browser as people make a kiosk of it, with the renderer of a machine
    that has no GPU. What it keeps stays from run to run, as on a TV."""
    return [
        shutil.which("chromium") or "chromium",
        "--kiosk", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--noerrdialogs",
        "--disable-gpu", "--password-store=basic", "--hide-crash-restore-bubble",
        f"--user-data-dir={display.folder}/browser", address,
    ]


class Things:
    """The API of things and the browser's pages, in a process of its own."""

    def __init__(self, display, count=1000):
        out = display.folder / "things.out"
        self.process = display.spawn([sys.executable, "-B", str(HERE / "server.py"), str(count)], stdout=open(out, "wb"))
        self.port = int(wait("the API of things listens", lambda: out.read_text().endswith("\n") and out.read_text()))
        self.count = count

    def page(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def served(self):
        """How many different pictures were fetched so far."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        return json.load(opener.open(self.page("served"), timeout=10))

    def hang(self):
        """From here on it takes connections and answers nobody."""
        self.process.send_signal(signal.SIGSTOP)

    def answer(self):
        self.process.send_signal(signal.SIGCONT)


def configured(display, things=None, more="", *options, pictures=True):
    """A provider of its own, and a configuration for it with its own channels or with the things."""
    config = provider.serve(display, *options)
    path = pathlib.Path(config)
    text = path.read_text()
    if things:
        kind = "things" if pictures else "plain"
        # The channels go, and what the provider's part and the storage say stays.
        text = re.sub(r"^\[\[channel\]\].*?(?=^\[[^\[]|\Z)", "", text, flags=re.M | re.S)
        text += f'\n[[channel]]\nname = "Things"\nurl = "{things.page(f"api/{kind}")}"\nlayout = "cards"\nitems = "/data"\n'
        text += 'title = "/name"\nsubtitle = "/email"\nimage = "/picture"\nnext = "none"\n'
    path.write_text(text + more)
    return config


def code_screen(display, config, name, *arguments, log="info"):
    """tenfoot on the code screen, at rest but for its seconds."""
    tv = Tv(display, ["--config", config, *arguments], name, log=log)
    tv.arrives("start")
    tv.press("Return", to="code")
    return tv


def shown_code(tv):
    """What a code screen shows, as the address of a page that shows the same."""
    address = tv.qr()
    parts = urllib.parse.urlsplit(address)
    [code] = urllib.parse.parse_qs(parts.query)["user_code"]
    shown = {
        "code": code, "address": f"{parts.scheme}://{parts.netloc}{parts.path}", "host": parts.netloc,
        "qr": qr.modules(tv.display.steady("the code")),
    }
    return address, urllib.parse.quote(json.dumps(shown))


def sign_in(display, config, name):
    """tenfoot, with somebody signed in and what they have on the screen, at rest."""
    tv = code_screen(display, config, name)
    Person().allow(tv.qr())
    tv.arrives("signed-in")
    display.settle(1.0)
    return tv


class Contenders:
    """The programs, checked to be there."""

    def __init__(self, tenfoot, bare, examples):
        self.tenfoot, self.bare, self.examples = tenfoot, bare, examples
        for program in (tenfoot, bare):
            if not os.access(program, os.X_OK):
                raise Failure(f"{program} can't be run")
        if not shutil.which("chromium"):
            raise Failure("there is no chromium")
        os.environ["TENFOOT_BIN"] = tenfoot
