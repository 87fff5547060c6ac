"""A remote control, key by key, on Wayland: what X11 never delivers."""

import steps
from displays import Sway
from person import Person
from tv import RING, Tv, journey
from waiting import expect, wait


def hold(tv, button, seconds):
    """Presses for so long and waits until the focus has moved by it."""
    before = tv.focus()
    print(f"  key {button} for {seconds} s", flush=True)
    tv.display.remote.press(button, seconds)
    wait(f"{button} moves the focus", lambda: tv.alive() and tv.display.shot().frame(RING) not in (None, before))
    return tv.display.steady(f"after {button}")


def channels(tv):
    """Channel + and - and the digits lead from tab to tab; where the focus is tells which."""

    def leads_to(button, name):
        before = tv.focus()
        tv.press(button)
        moved = lambda: tv.alive() and tv.display.shot().frame(RING) not in (None, before)
        wait(f"{button} moves the focus", moved)
        after = tv.shot(name).frame(RING)
        print(f"  {button} leads to {after}", flush=True)
        return after

    first = tv.focus()
    known = len(tv.requests("/api/contacts"))
    second = leads_to("channel+", "channel-up")
    wait("the channel asks its API", lambda: tv.alive() and len(tv.requests("/api/contacts")) > known)
    expect("Channel - leads back", leads_to("channel-", "channel-down") == first)
    expect("2 is the second channel", leads_to("2", "digit-2") == second)
    expect("1 is the first channel", leads_to("1", "digit-1") == first)


def details(tv):
    """Info shows the item that has the focus whole; the button labelled Exit leads back."""
    tabs = tv.focus()
    tv.changes_picture("ok")
    item = tv.changes_picture("right").frame(RING)
    tv.save(tv.changes_picture("info", least=0.05), "info")
    tv.changes_picture("exit", least=0.05)
    expect("Exit leads back to the same item", tv.focus() == item)
    tv.changes_picture("back")
    expect("and Back to the tabs", tv.focus() == tabs)


def long_ok(tv):
    """A long OK on the tabs is Menu and nothing else; a short one leads to the items."""
    tabs = tv.focus()
    menu = hold(tv, "ok", 0.9)
    tv.save(menu, "long-ok")
    tv.changes_picture("exit")
    expect("the focus is on the tabs still", tv.focus() == tabs)
    items = hold(tv, "ok", 0.1)
    expect("a short OK is no Menu", items.frame(RING) != menu.frame(RING))
    tv.changes_picture("exit")


def account(tv):
    menu = tv.changes_picture("blue")
    tv.save(menu, "blue")
    tv.changes_picture("exit")


def red(tv):
    known = len(tv.requests("/api/"))
    tv.press("red")
    wait("the red button calls the channel again", lambda: tv.alive() and len(tv.requests("/api/")) > known)


def key_tester(tv):
    """Shows each key and does nothing by it; Exit twice leads back."""
    before = tv.focus()
    asked = len(tv.requests("/api/"))
    tv.press("help", to="help")
    tv.shot("help")
    for button in ("ok", "channel+", "2", "blue", "volume+", "exit"):
        tv.changes_picture(button)
    tv.shot("help-keys")
    expect("no key has done anything", tv.screen() == "help" and len(tv.requests("/api/")) == asked)
    tv.press("exit", to="signed-in")
    wait("the focus is where it was", lambda: tv.alive() and tv.display.shot().frame(RING) == before)


def main(name):
    with Sway() as display:
        display.plug_in_remote()
        tv = Tv(display, ["demo", "--interval", "1"], name)
        steps.start(tv)
        address = steps.code(tv, "ok")
        tv.shot("code")
        tv.press("help", to="help")
        tv.press("exit")
        tv.press("exit", to="code")
        expect("the code is the same behind the key tester", tv.qr() == address)
        Person().allow(address)
        tv.arrives("signed-in")
        steps.results(tv)
        # Dismisses the greeting, which stands where the account's button does.
        tv.changes_picture("blue")
        tv.changes_picture("exit")
        channels(tv)
        details(tv)
        long_ok(tv)
        account(tv)
        red(tv)
        key_tester(tv)
        tv.press("exit")
        code = wait("the program ends", lambda: [tv.process.poll()] if tv.process.poll() is not None else None, 5)[0]
        expect("Exit at the root leaves with 0", code == 0)


journey(main)
