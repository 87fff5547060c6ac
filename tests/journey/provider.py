"""The built-in provider and API as a program of its own, and a configuration for it."""

import os
import re

from waiting import Failure, end, wait

# Those that run, by their configuration.
running = {}


def serve(display, *options):
    """Starts it on a free port; returns the path of a configuration that keeps sessions in files."""
    out, log = display.folder / "provider.out", display.folder / "provider.log"
    server = display.launch(
        [display.place(os.environ["TENFOOT_BIN"]), "demo", "--serve", *options],
        stdout=open(out, "wb"), stderr=open(log, "wb"),
    )

    def printed():
        if server.poll() is not None:
            raise Failure(f"the provider ended with {server.returncode}\n{log.read_text()}")
        # Its last line is a comment or a key, never half of one.
        return re.search(r"^\[provider\].*\n\Z", out.read_text(), re.M | re.S)

    text = wait("the provider prints a configuration", printed).group()
    config = display.folder / "config.toml"
    config.write_text(text + ("" if "[storage]" in text else '\n[storage]\nbackend = "file"\n'))
    running[str(config)] = server
    return str(config)


def stop(config):
    """As if its machine were gone."""
    end(running.pop(config))
