"""What is on a screen: pixels, a PNG of them, the QR in them."""

import struct
import subprocess
import zlib


class Shot:
    """`data` holds rows of `stride` bytes, four bytes a pixel: blue, green, red, unused."""

    def __init__(self, width, height, stride, data):
        self.width, self.height, self.stride, self.data = width, height, stride, data

    @classmethod
    def of_xwd(cls, data):
        """Reads the XWD file that Xvfb keeps its picture in (32 bits a pixel, little-endian)."""
        head = struct.unpack(">25I", data[:100])
        size, width, height, depth, stride, colours = head[0], head[4], head[5], head[11], head[12], head[19]
        assert depth == 32, f"{depth} bits a pixel"
        begin = size + 12 * colours
        return cls(width, height, stride, data[begin : begin + stride * height])

    @classmethod
    def of_ppm(cls, data):
        magic, width, height, _most, pixels = data.split(maxsplit=4)[:4] + [b""]
        assert magic == b"P6", magic
        width, height = int(width), int(height)
        pixels = data[-width * height * 3 :]
        wide = bytearray(width * height * 4)
        wide[0::4], wide[1::4], wide[2::4] = pixels[2::3], pixels[1::3], pixels[0::3]
        return cls(width, height, width * 4, bytes(wide))

    def pixel(self, x, y):
        at = y * self.stride + x * 4
        blue, green, red = self.data[at : at + 3]
        return red, green, blue

    def sample(self, region=None, step=4):
        """Every `step`th pixel of every `step`th row of (left, top, right, bottom)."""
        left, top, right, bottom = region or (0, 0, self.width, self.height)
        return [
            self.data[at : at + 3]
            for y in range(top, bottom, step)
            for at in range(y * self.stride + left * 4, y * self.stride + right * 4, step * 4)
        ]

    def frame(self, colour, least=48):
        """(left, top, right, bottom) around the horizontal lines of exactly this colour that are
        `least` pixels long: where the focus ring is. None without any."""
        red, green, blue = colour
        line = bytes((blue, green, red, self.data[3])) * least
        found = []
        for y in range(self.height):
            row = self.data[y * self.stride : (y + 1) * self.stride]
            left, right = row.find(line), row.rfind(line)
            if left >= 0:
                found.append((left // 4, y, right // 4 + least))
        if not found:
            return None
        return min(f[0] for f in found), found[0][1], max(f[2] for f in found), found[-1][1] + 1

    def colours(self, region=None):
        """How many colours there are, small differences aside: text has few, pictures have many."""
        return len({(p[0] >> 4, p[1] >> 4, p[2] >> 4) for p in self.sample(region)})

    def difference(self, other, region=None):
        """The part of the pixels that differ, 0 to 1."""
        here, there = self.sample(region), other.sample(region)
        return sum(a != b for a, b in zip(here, there)) / len(here)

    def qr(self):
        """The texts of the QR codes in the picture, or of those that can be read."""
        image = b"P5 %d %d 255\n" % (self.width, self.height) + b"".join(
            self.data[y * self.stride + 1 : y * self.stride + self.width * 4 : 4] for y in range(self.height)
        )
        read = subprocess.run(
            ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "pgm:-"],
            input=image, capture_output=True, timeout=20,
        )
        return read.stdout.decode().split()

    def save(self, path):
        """Writes a PNG."""
        rgb = bytearray(self.stride // 4 * self.height * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = self.data[2::4], self.data[1::4], self.data[0::4]
        row = self.stride // 4 * 3
        rows = b"".join(b"\0" + rgb[y * row : y * row + self.width * 3] for y in range(self.height))

        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head))
            file.write(chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))
