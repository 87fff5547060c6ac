"""What somebody does with the TV, each step seen to have worked before the next."""

from person import Person
from tv import MIDDLE, RING, covers
from waiting import expect, wait

# Text on a plain ground has a few dozen colours at most, cards with pictures have hundreds.
PICTURES = 200


def start(tv):
    tv.arrives("start")
    covers(tv)
    tv.shot("start")
    left, top, right, bottom = tv.focus()
    expect("the button is large enough for this screen", bottom - top >= 80 and left < 200)


def code(tv, key="Return"):
    """From a screen where one press asks for a code; returns what the QR says."""
    tv.press(key, to="code")
    address = tv.qr()
    expect("the QR holds an address with a code in it", address.startswith("http://127.0.0.1:") and "user_code=" in address)
    return address


def sign_in(tv, key="Return", account=0):
    address = code(tv, key)
    tv.shot("code")
    before = len(tv.requests("/api/"))
    _, words = Person(account).allow(address)
    print(f"  the phone says: {words[:120]}")
    tv.arrives("signed-in")
    results(tv, before)
    return address


def results(tv, before=0):
    """The API has answered and its pictures are on the screen."""

    def answered():
        tv.alive()
        return [r for r in tv.requests("/api/")[before:] if r["status"] == "200"]

    calls = wait("the API answers 200", answered)
    expect(f"the API answered {calls[0]}", True)
    pictured(tv)
    picture = tv.shot("signed-in")
    expect(f"{picture.colours(MIDDLE)} colours in the middle of the screen", True)


def pictured(tv):
    left, top, right, bottom = MIDDLE
    end = (right - 400, top, right, bottom)

    def seen():
        tv.alive()
        picture = tv.display.shot()
        return picture.colours(MIDDLE) > PICTURES and picture.colours(end) > PICTURES / 4

    wait("pictures are on the screen, up to its right side", seen)


def browse(tv):
    """Return leads into the channel, arrows move, Return opens one item, Escape leads back to it."""
    tv.changes_picture("Return")
    moved = tv.changes_picture("Right")
    tv.save(moved, "moved")
    details = tv.changes_picture("Return", least=0.1)
    tv.save(details, "details")
    was = moved.frame(RING)
    tv.press("Escape")

    def there():
        tv.alive()
        now = tv.display.shot().frame(RING)
        # The greeting is gone now; where it had a line of its own, only the columns can be compared.
        return now and abs(was[0] - now[0]) < 24 and abs(was[2] - now[2]) < 24

    wait("Escape leads back to the same focus", there)
    pictured(tv)


def sign_out(tv):
    menu = tv.changes_picture("a")
    tv.save(menu, "account")
    # Close has the focus: leaving must not be the slip of a thumb.
    tv.changes_picture("Down", least=0.0005)
    tv.changes_picture("Down", least=0.0005)
    tv.press("Return", to="start")
    tv.shot("signed-out")


def switch(tv):
    """From somebody's channels back to the question who is here."""
    tv.changes_picture("a")
    tv.changes_picture("Down", least=0.0005)
    tv.press("Return", to="start")


def refused(tv):
    """The phone says no: words for it, and one press to a new code."""
    address = code(tv)
    _, words = Person().deny(address)
    print(f"  the phone says: {words[:120]}")
    tv.arrives("expired")
    tv.shot("refused")
    tv.press("Return", to="code")
    expect("another code is shown", tv.qr(other_than=address) != address)


def entered(tv):
    """OK on the code screen: the QR gives way to the waiting; Back brings the same code."""
    address = tv.qr()
    tv.press("Return", to="waiting")
    expect("no QR is shown while waiting", not tv.shot("waiting").qr())
    tv.press("Escape", to="code")
    expect("the code is the same", tv.qr() == address)


def cancelled(tv, key="Escape"):
    tv.press(key, to="start")


def left(tv):
    """Back at the root leaves the program, on purpose."""
    tv.press("Escape")
    code = wait("the program ends", lambda: [tv.process.poll()] if tv.process.poll() is not None else None, 5)[0]
    expect("the program left with 0", code == 0)


def there_and_back(tv):
    """From the start to a code and out again: it is seen, and it hears keys."""
    start(tv)
    tv.display.focus(tv.process)
    code(tv)
    cancelled(tv)
    left(tv)
