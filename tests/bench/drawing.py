"""What a program has the X server draw while one looks, and how much of it was new."""

import time
from dataclasses import dataclass

# What was drawn closer together than this is one frame.
TOGETHER = 0.004


@dataclass
class Drawn:
    seconds: float
    frames: int = 0
    # Pixels that the server was given, and pixels between the first and the last new one of
    # each row: what couldn't have been left out.
    pixels: int = 0
    new: int = 0
    # The largest that was drawn at once.
    largest: tuple = (0, 0, 0, 0)


def look(screen, seconds):
    """Looks on for so long."""
    screen.x.drawn(0)
    found, before, last = Drawn(seconds), screen.picture_bytes(), 0.0
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        rectangles = screen.x.drawn(left)
        if not rectangles:
            continue
        now = time.monotonic()
        found.frames += now - last > TOGETHER
        found.pixels += sum(width * height for *_, width, height in rectangles)
        found.largest = max(found.largest, *rectangles, key=lambda r: r[2] * r[3])
        after = screen.picture_bytes()
        found.new += new_pixels(before, after, screen.stride)
        before, last = after, time.monotonic()
    return found


def new_pixels(before, after, stride):
    """The pixels from the first to the last that differ, of each row."""
    total = 0
    for at in range(0, len(before), stride):
        one, other = before[at : at + stride], after[at : at + stride]
        if one != other:
            differ = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
            first = ((differ & -differ).bit_length() - 1) // 32
            total += (differ.bit_length() - 1) // 32 - first + 1
    return total
