"""A connection to an X server: keys as from a keyboard, and word of everything that is drawn.

By ctypes, since the libraries are there wherever an X program runs.
"""

import ctypes
import select
import time
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_long, c_short, c_ubyte, c_uint, c_ulong, c_ushort, c_void_p

from waiting import Failure

RAW_RECTANGLES = 0


class Rectangle(Structure):
    _fields_ = [("x", c_short), ("y", c_short), ("width", c_ushort), ("height", c_ushort)]


class DamageNotify(Structure):
    _fields_ = [
        ("type", c_int), ("serial", c_ulong), ("send_event", c_int), ("display", c_void_p),
        ("drawable", c_ulong), ("damage", c_ulong), ("level", c_int), ("more", c_int),
        ("timestamp", c_ulong), ("area", Rectangle), ("geometry", Rectangle),
    ]


def library(name, **functions):
    """Loads a library and says what its functions return and take."""
    try:
        loaded = ctypes.CDLL(name)
    except OSError as why:
        raise Failure(f"{name} is missing: {why}") from None
    for function, (returned, *taken) in functions.items():
        getattr(loaded, function).restype, getattr(loaded, function).argtypes = returned, taken
    return loaded


class Connection:
    def __init__(self, display):
        self.x = library(
            "libX11.so.6",
            XOpenDisplay=(c_void_p, c_char_p), XDefaultRootWindow=(c_ulong, c_void_p),
            XConnectionNumber=(c_int, c_void_p), XPending=(c_int, c_void_p), XNextEvent=(c_int, c_void_p, c_void_p),
            XStringToKeysym=(c_ulong, c_char_p), XKeysymToKeycode=(c_ubyte, c_void_p, c_ulong),
            XSync=(c_int, c_void_p, c_int), XFlush=(c_int, c_void_p),
        )
        self.test = library(
            "libXtst.so.6",
            XTestFakeKeyEvent=(c_int, c_void_p, c_uint, c_int, c_ulong),
            XTestFakeMotionEvent=(c_int, c_void_p, c_int, c_int, c_int, c_ulong),
        )
        damage = library(
            "libXdamage.so.1",
            XDamageQueryExtension=(c_int, c_void_p, POINTER(c_int), POINTER(c_int)),
            XDamageCreate=(c_ulong, c_void_p, c_ulong, c_int),
        )
        self.server = self.x.XOpenDisplay(display.encode())
        if not self.server:
            raise Failure(f"no connection to the X server {display}")
        base, error = c_int(), c_int()
        if not damage.XDamageQueryExtension(self.server, byref(base), byref(error)):
            raise Failure("the X server doesn't tell what is drawn: no DAMAGE")
        self.notify = base.value
        # Of the root, so that it is told of all windows.
        damage.XDamageCreate(self.server, self.x.XDefaultRootWindow(self.server), RAW_RECTANGLES)
        self.x.XSync(self.server, 0)
        self.event = (c_long * 24)()

    def press(self, key):
        """Presses and releases a key; returns when, in seconds of the monotonic clock."""
        code = self.x.XKeysymToKeycode(self.server, self.x.XStringToKeysym(key.encode()))
        at = time.monotonic()
        for down in (1, 0):
            self.test.XTestFakeKeyEvent(self.server, code, down, 0)
        self.x.XFlush(self.server)
        return at

    def point(self, x, y):
        """Moves the pointer there."""
        self.test.XTestFakeMotionEvent(self.server, -1, x, y, 0)
        self.x.XSync(self.server, 0)

    def drawn(self, seconds):
        """Waits so long at most and returns what was drawn since the last look, as (x, y,
        width, height): each is told of once it is in the picture."""
        if not self.x.XPending(self.server):
            select.select([self.x.XConnectionNumber(self.server)], [], [], max(seconds, 0))
        rectangles = []
        while self.x.XPending(self.server):
            self.x.XNextEvent(self.server, byref(self.event))
            notify = DamageNotify.from_buffer(self.event)
            if notify.type == self.notify:
                area = notify.area
                rectangles.append((area.x, area.y, area.width, area.height))
        return rectangles
