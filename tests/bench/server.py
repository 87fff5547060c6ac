"""An API of things with a picture each, and the pages of the browser: server.py THINGS.

A program of its own, so that it neither shares a processor's lock with who measures nor
stops when that is busy. Prints its port. What it is asked for without a bearer is told to
nobody; SIGSTOP makes it an API that doesn't answer.
"""

import functools
import http.server
import json
import pathlib
import struct
import sys
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "assets" / "fonts"
WIDTH, HEIGHT = 600, 400
KINDS = {".html": "text/html; charset=utf-8", ".css": "text/css", ".otf": "font/otf", ".ttf": "font/ttf"}


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@functools.cache
def picture(number):
    """A PNG that no other number has: a slope of two colours with a bar across that counts."""
    one, other = [bytes((number * step % 224 + 16 for step in steps)) for steps in ((37, 59, 83), (101, 67, 29))]
    slope = bytes((a * (WIDTH - x) + b * x) // WIDTH for x in range(WIDTH) for a, b in zip(one, other))
    # A row is the one above (filter 2) but for a little more red or blue now and then.
    step = bytes((1, 0, 0) if number % 2 else (0, 0, 1)) * WIDTH
    rows = [b"\0" + slope] + [b"\2" + (step if y % 5 == number % 5 else bytes(3 * WIDTH)) for y in range(1, HEIGHT)]
    bar = 16 + number % (HEIGHT - 48)
    rows[bar] = b"\0" + slope[::-1]
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pictures = set()

    def do_GET(self):
        path, _, query = self.path.partition("?")
        # The browser signs in with nobody: its page says so itself.
        allowed = self.headers.get("Authorization", "").startswith("Bearer ") or query == "browser"
        if path == "/served":
            self.answer("application/json", json.dumps(len(self.pictures)).encode())
        elif path in ("/api/things", "/api/plain") and allowed:
            self.answer("application/json", things(self.server, pictures=path == "/api/things"))
        elif path.startswith("/api/pictures/") and allowed:
            number = int(path.rsplit("/", 1)[1].removesuffix(".png"))
            self.pictures.add(number)
            self.answer("image/png", picture(number))
        elif path.startswith("/fonts/") and (FONTS / path.removeprefix("/fonts/")).is_file():
            self.file(FONTS / path.removeprefix("/fonts/"))
        elif (HERE / "pages" / path.strip("/")).is_file():
            self.file(HERE / "pages" / path.strip("/"))
        else:
            self.answer("text/plain", b"no", status=401 if path.startswith("/api/") else 404)

    def file(self, path):
        self.answer(KINDS[path.suffix], path.read_bytes())

    def answer(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def things(server, pictures):
    base = f"http://127.0.0.1:{server.server_port}/api/pictures"
    found = [
        {"name": f"Thing {n}", "email": f"The one after {n - 1}"} | ({"picture": f"{base}/{n}.png"} if pictures else {})
        for n in range(1, server.count + 1)
    ]
    return json.dumps({"data": found}).encode()


class Server(http.server.ThreadingHTTPServer):
    # Pictures are asked for many at a time.
    request_queue_size = 64
    daemon_threads = True


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    server.count = int(sys.argv[1])
    print(server.server_port, flush=True)
    server.serve_forever()
