"""Displays to try a program on: each starts it, presses keys and looks."""

import glob
import json
import mmap
import os
import pathlib
import shutil
import tempfile
import time

from remote import Remote
from shot import Shot
from waiting import Failure, end, environment, run, spawn, wait

SIZE = (1920, 1080)
# Some unprivileged user: sway refuses root.
NOBODY = 65534


def unprivileged(*paths):
    """What runs a command as a user who owns `paths` and nothing else."""
    if os.getuid() != 0:
        return []
    for path in paths:
        os.chown(path, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig=TERM"]


class Display:
    """What all kinds share: a folder that goes with it, and the processes in it."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tenfoot-"))
        self.started, self.witnesses = [], []
        try:
            self.open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, failure=None, *_):
        if failure and issubclass(failure, Exception):
            for tell in self.witnesses:
                tell()
        for process in reversed(self.started):
            end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def spawn(self, command, **options):
        process = spawn(command, **options)
        self.started.append(process)
        return process

    def place(self, binary):
        """Where whoever runs programs on this display may read the program."""
        return binary

    def copied(self, binary):
        place = self.folder / os.path.basename(binary)
        if not place.exists():
            shutil.copy(binary, place)
        return str(place)

    def steady(self, what, seconds=15):
        """Waits until two looks a fifth of a second apart agree, and returns the picture."""

        def same():
            before = self.shot()
            time.sleep(0.2)
            after = self.shot()
            return after if before.difference(after) < 0.0005 else None

        return wait(f"a steady picture: {what}", same, seconds)


class Xvfb(Display):
    """An X server in memory, with openbox or with no window manager at all."""

    def __init__(self, manager, size=SIZE, depth=24):
        self.manager, self.size, self.depth = manager, size, depth

    def open(self):
        (self.folder / "runtime").mkdir(mode=0o700)
        read, write = os.pipe()
        screen = "{}x{}x{}".format(*self.size, self.depth)
        self.spawn(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
            + ["-fbdir", str(self.folder)],
            pass_fds=[write], stderr=open(self.folder / "xvfb.log", "wb"),
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failure("Xvfb doesn't start: " + (self.folder / "xvfb.log").read_text())
        self.environment = environment(self.folder, DISPLAY=f":{number}")
        with open(self.folder / "Xvfb_screen0", "rb") as file:
            self.picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self.manager:
            log = open(self.folder / "openbox.log", "wb")
            self.spawn(["openbox"], env=self.environment, stdout=log, stderr=log)
            # Desktops are counted once a window manager has said how many there are.
            counted = lambda: run("xdotool", "get_num_desktops", env=self.environment) is not None
            wait("openbox manages the display", counted)

    def launch(self, command, **options):
        return self.spawn(command, env=self.environment, **options)

    def shot(self):
        return Shot.of_xwd(self.picture[:])

    def pixels(self):
        """Some of the picture's pixels as they are, for depths that aren't read otherwise."""
        size = {8: 1, 15: 2, 16: 2}.get(self.depth, 4)
        picture = self.picture[4096:]
        return [picture[at : at + size] for at in range(0, len(picture) - size, 97 * size)]

    def add_mode(self, width, height):
        """Makes the output able to be that large, as `small`."""
        for words in (
            ["--newmode", "small", "74", str(width), str(width + 40), str(width + 80), str(width + 120)]
            + [str(height), str(height + 3), str(height + 6), str(height + 20)],
            ["--addmode", "screen", "small"],
        ):
            if run("xrandr", *words, env=self.environment) is None:
                raise Failure(f"xrandr {words}")

    def output(self, *words):
        if run("xrandr", "--output", "screen", *words, env=self.environment) is None:
            raise Failure(f"xrandr --output screen {words}")

    def window(self, process):
        """(x, y, width, height) of the program's largest visible window."""
        found = run("xdotool", "search", "--onlyvisible", "--pid", str(process.pid), env=self.environment)
        windows = []
        for window in (found or b"").split():
            shell = run("xdotool", "getwindowgeometry", "--shell", window, env=self.environment) or b""
            values = dict(line.split("=") for line in shell.decode().split())
            if values:
                windows.append(tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")) + (window,))
        self.windows = sorted(windows, key=lambda w: w[2] * w[3])
        return self.windows[-1][:4] if windows else None

    def focus(self, process):
        """Gives the program the keyboard where no window manager does."""
        self.window(process)
        window = self.windows[-1][4]
        run("xdotool", "windowfocus", window, env=self.environment)
        wait("the window has the keyboard", lambda: run("xdotool", "getwindowfocus", env=self.environment).strip() == window)

    def press(self, key):
        run("xdotool", "key", key, env=self.environment)

    def click(self, x, y):
        """Moves the pointer as a hand does, in steps that are seen, and clicks."""
        for aside in (90, 0):
            run("xdotool", "mousemove", str(x + aside), str(y), env=self.environment)
            self.steady("the pointer has moved")
        run("xdotool", "click", "1", env=self.environment)


class Nested(Xvfb):
    """A compositor of a kiosk in a window of an X server, run by an unprivileged user: `command`
    is what runs it, up to the program in it. Several outputs are a window each, from left to
    right."""

    def __init__(self, command, outputs=1, size=SIZE):
        super().__init__(manager=False, size=(size[0] * outputs, size[1]))
        self.command, self.outputs, self.output_size = command, outputs, size

    def open(self):
        super().open()
        self.as_user = unprivileged(self.folder, self.folder / "runtime")
        self.environment |= {"WLR_BACKENDS": "x11", "WLR_RENDERER": "pixman", "WLR_X11_OUTPUTS": str(self.outputs)}

    def place(self, binary):
        return self.copied(binary)

    def launch(self, command, **options):
        return super().launch(self.as_user + self.command(self.folder, command), **options)

    def window(self, process):
        """The compositor's windows, which are all that X knows of, each as large as an output."""
        found = run("xdotool", "search", "--onlyvisible", "--class", "", env=self.environment)
        windows = []
        width, height = self.output_size
        for number, window in enumerate(sorted((found or b"").split()[1:], key=int)):
            place, size = (str(number * width), "0"), (str(width), str(height))
            run("xdotool", "windowmove", window, *place, "windowsize", window, *size, env=self.environment)
            windows.append((0, 0, width, height, window))
        self.windows = windows
        return windows[-1][:4] if windows else None

    def focus(self, process):
        """Its window doesn't say when it has the keyboard."""
        run("xdotool", "windowfocus", self.windows[-1][4], env=self.environment)


class Sway(Display):
    """A headless Wayland compositor, run by an unprivileged user."""

    def backend(self):
        return {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1"}

    def open(self):
        (self.folder / "runtime").mkdir(mode=0o700)
        config = self.folder / "sway.conf"
        config.write_text("xwayland disable\ndefault_border none\noutput * mode --custom {}x{}\n".format(*SIZE))
        self.as_user = unprivileged(self.folder, self.folder / "runtime", config)
        self.environment = environment(self.folder, WLR_RENDERER="pixman", **self.backend())
        log = open(self.folder / "sway.log", "wb")
        self.launch(["sway", "--config", str(config)], stdout=log, stderr=log)

        def sockets():
            wayland = [s for s in glob.glob(f"{self.folder}/runtime/wayland-*") if not s.endswith(".lock")]
            control = glob.glob(f"{self.folder}/runtime/sway-ipc.*.sock")
            return wayland and control and (wayland[0], control[0])

        try:
            wayland, control = wait("sway listens", sockets)
        except Failure as failure:
            raise Failure(f"{failure}\n{(self.folder / 'sway.log').read_text()}") from None
        self.environment |= {"WAYLAND_DISPLAY": os.path.basename(wayland), "SWAYSOCK": control}
        wait("sway has its output", lambda: self.ask("get_outputs"))
        self.remote = None
        # A keyboard that stays: with wtype's own, plugged in for each key and out again, a
        # program that is drawing at that moment misses the key.
        self.launch(["wtype", "-s", "3600000", "-k", "space"])

    def plug_in_remote(self):
        """From here on keys are those of a remote control."""
        self.remote = Remote(f"{self.folder}/runtime/{self.environment['WAYLAND_DISPLAY']}")

    def tell(self, *words):
        """Has sway do something, as in `tell("output", "*", "scale", "2")`."""
        if run("swaymsg", "--", *words, env=self.environment) is None:
            raise Failure(f"sway refuses: {' '.join(words)}")

    def ask(self, what):
        answer = run("swaymsg", "--raw", "--type", what, env=self.environment)
        return answer and json.loads(answer)

    def launch(self, command, **options):
        return self.spawn(self.as_user + command, env=self.environment, **options)

    def place(self, binary):
        return self.copied(binary)

    def shot(self):
        picture = run(*self.as_user, "grim", "-t", "ppm", "-", env=self.environment)
        if picture is None:
            raise Failure("grim sees nothing")
        return Shot.of_ppm(picture)

    def node(self, process):
        """What sway knows of the program's window; nothing while it is on no output."""

        def windows(node):
            if node.get("pid") == process.pid:
                yield node
            for child in node.get("nodes", []) + node.get("floating_nodes", []):
                yield from windows(child)

        return next(windows(self.ask("get_tree")), None)

    def window(self, process):
        window = self.node(process)
        rect = window and window["rect"]
        return rect and (rect["x"], rect["y"], rect["width"], rect["height"])

    def focus(self, process):
        wait("the window is there", lambda: self.window(process))

    def press(self, key):
        if self.remote:
            self.remote.press(key)
            return
        # The program needs a moment to take in the keymap of wtype's keyboard.
        run(*self.as_user, "wtype", "-s", "100", "-k", key, "-s", "100", env=self.environment)


class Unpluggable(Sway):
    """The same, with an output that can be unplugged: it is a window of another one."""

    def __init__(self):
        self.around = Sway()

    def backend(self):
        outer = self.around
        socket = outer.folder / "runtime" / outer.environment["WAYLAND_DISPLAY"]
        return {"WLR_BACKENDS": "wayland", "WAYLAND_DISPLAY": str(socket)}

    def open(self):
        self.around.__enter__()
        super().open()

    def __exit__(self, *failure):
        super().__exit__(*failure)
        self.around.__exit__()

    def unplug(self):
        self.around.tell("[app_id=wlroots]", "kill")
        wait("there is no output", lambda: self.ask("get_outputs") == [])

    def plug_in(self, mode="{}x{}".format(*SIZE)):
        for sway in (self.around, self):
            sway.tell("output", "*", "mode", "--custom", mode)
        self.tell("create_output")
        wait("there is an output", lambda: self.ask("get_outputs"))
