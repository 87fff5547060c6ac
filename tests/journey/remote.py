"""A remote control under Wayland: a virtual keyboard with a keymap of its own, whose keys
go beyond the 255 that X11 knows. Speaks Wayland's wire format and nothing but what it takes:
wl_display, wl_registry, wl_seat, zwp_virtual_keyboard_manager_v1."""

import os
import socket
import struct
import time

from waiting import Failure

# evdev codes by what stands on the button, with what xkeyboard-config names the keys that it knows.
BUTTONS = {
    "ok": (352, "NoSymbol"),
    "up": (103, "Up"),
    "down": (108, "Down"),
    "left": (105, "Left"),
    "right": (106, "Right"),
    "exit": (174, "XF86Close"),
    "back": (158, "XF86Back"),
    "help": (138, "Help"),
    "info": (358, "NoSymbol"),
    "red": (398, "NoSymbol"),
    "blue": (401, "NoSymbol"),
    "channel+": (402, "NoSymbol"),
    "channel-": (403, "NoSymbol"),
    "1": (513, "NoSymbol"),
    "2": (514, "NoSymbol"),
    "volume+": (115, "XF86AudioRaiseVolume"),
}
# What xkb adds to the kernel's numbers.
OFFSET = 8


def keymap():
    codes = "".join(f"<K{code}> = {code + OFFSET};\n" for code, _ in BUTTONS.values())
    symbols = "".join(f"key <K{code}> {{ [ {name} ] }};\n" for code, name in BUTTONS.values())
    most = max(code for code, _ in BUTTONS.values()) + OFFSET
    return (
        "xkb_keymap {\n"
        f'xkb_keycodes "remote" {{ minimum = {OFFSET}; maximum = {most};\n{codes}}};\n'
        'xkb_types "remote" { type "ONE_LEVEL" { modifiers = none; level_name[Level1] = "Any"; }; };\n'
        'xkb_compatibility "remote" { interpret.repeat = False; };\n'
        f'xkb_symbols "remote" {{\n{symbols}}};\n'
        "};\n"
    ).encode() + b"\0"


class Remote:
    """Plugged in until it is closed."""

    DISPLAY, REGISTRY = 1, 2

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.socket.connect(path)
        self.read, self.last, self.globals = b"", self.REGISTRY, {}
        self.send(self.DISPLAY, 1, struct.pack("=I", self.REGISTRY))
        self.round_trip()
        seat = self.bind("wl_seat")
        manager = self.bind("zwp_virtual_keyboard_manager_v1")
        self.keyboard = self.new()
        self.send(manager, 0, struct.pack("=II", seat, self.keyboard))
        map_ = keymap()
        file = os.memfd_create("keymap")
        os.write(file, map_)
        xkb_v1 = 1
        self.send(self.keyboard, 0, struct.pack("=II", xkb_v1, len(map_)), file)
        os.close(file)
        self.round_trip()

    def close(self):
        self.socket.close()

    def new(self):
        self.last += 1
        return self.last

    def send(self, object_, opcode, body=b"", file=None):
        message = struct.pack("=II", object_, (8 + len(body)) << 16 | opcode) + body
        if file is None:
            self.socket.sendall(message)
        else:
            socket.send_fds(self.socket, [message], [file])

    def bind(self, interface):
        if interface not in self.globals:
            raise Failure(f"the compositor has no {interface}")
        object_, text = self.new(), interface.encode() + b"\0"
        padded = text + b"\0" * (-len(text) % 4)
        number = self.globals[interface]
        self.send(self.REGISTRY, 0, struct.pack("=II", number, len(text)) + padded + struct.pack("=II", 1, object_))
        return object_

    def round_trip(self):
        """Until everything sent so far has been taken in; what is wrong with it comes back."""
        done = self.new()
        self.send(self.DISPLAY, 0, struct.pack("=I", done))
        while True:
            object_, opcode, body = self.event()
            if object_ == done:
                return
            if object_ == self.DISPLAY and opcode == 0:
                raise Failure(f"the compositor refuses: {body[12:].decode(errors='replace')}")
            if object_ == self.REGISTRY and opcode == 0:
                number, length = struct.unpack("=II", body[:8])
                self.globals[body[8 : 8 + length - 1].decode()] = number

    def event(self):
        while len(self.read) < 8 or len(self.read) < struct.unpack("=II", self.read[:8])[1] >> 16:
            more = self.socket.recv(65536)
            if not more:
                raise Failure("the compositor has hung up")
            self.read += more
        object_, word = struct.unpack("=II", self.read[:8])
        size, opcode = word >> 16, word & 0xFFFF
        body, self.read = self.read[8:size], self.read[size:]
        return object_, opcode, body

    def press(self, button, seconds=0.05):
        """Down, and up after so many seconds."""
        code, _ = BUTTONS[button]
        for down in (1, 0):
            now = int(time.monotonic() * 1000) & 0xFFFFFFFF
            self.send(self.keyboard, 1, struct.pack("=III", now, code, down))
            self.round_trip()
            if down:
                time.sleep(seconds)
