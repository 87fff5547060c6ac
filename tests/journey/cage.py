"""cage, which shows one program and nothing else, in a window of an X server: as an
unprivileged user, and larger than it was at first."""

import steps
from displays import Nested
from tv import Tv, journey


def cage(_folder, command):
    return ["cage", "-d", "--", *command]


def main(name):
    with Nested(cage) as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.there_and_back(tv)


journey(main)
