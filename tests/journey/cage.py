"""cage, which shows one program and nothing else, in a window of an X server: as an
unprivileged user, and larger than it was at first. Then with two outputs, of which one is used."""

import os

import steps
from displays import Nested
from tv import Tv, journey
from waiting import expect, wait

SMALL = (1280, 720)
CONFIGURATION = """[provider]
issuer = "http://127.0.0.1:9"
client_id = "tv"

[display]
output = "{}"

[[channel]]
name = "Films"
url = "http://127.0.0.1:9/films"
"""


def cage(_folder, command):
    return ["cage", "-d", "--", *command]


def lies_on(display, number):
    """The picture is on that output alone, with the ring around what has the focus."""
    width = SMALL[0]

    def there():
        picture = display.shot()
        drawn = [
            any(pixel != b"\0\0\0" for pixel in picture.sample((left, 0, left + width, SMALL[1]), step=1))
            for left in (0, width)
        ]
        ring = picture.frame((235, 235, 230))
        return drawn == [number == 0, number == 1] and ring and ring[0] // width == number

    wait(f"the picture is on output {number + 1} alone", there)
    print(f"  the picture is on output {number + 1} alone", flush=True)


def two_outputs(name):
    with Nested(cage, outputs=2, size=SMALL) as display:
        place = display.folder / "two.toml"

        def use(output):
            new = place.with_suffix(".new")
            new.write_text(CONFIGURATION.format(output))
            new.chmod(0o644)
            new.rename(place)

        use("X11-2")
        # As the README has it: a file in the folder where one is.
        before = os.getcwd()
        os.chdir(display.folder)
        tv = Tv(display, ["--config", place.name], f"{name}-two")
        os.chdir(before)
        tv.arrives("start")
        lies_on(display, 1)
        tv.shot("second")
        use("X11-1")
        lies_on(display, 0)
        use("HDMI-A-7")
        wait("it says that there is no such output", lambda: "HDMI-A-7" in tv.said())
        lies_on(display, 0)
        expect("and says which there are", "X11-1, X11-2" in tv.said())
        tv.quit()


def main(name):
    with Nested(cage) as display:
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.there_and_back(tv)
    two_outputs(name)


journey(main)
