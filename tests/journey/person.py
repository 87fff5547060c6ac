"""Somebody with a phone: opens the address in the QR and answers the forms behind it."""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from waiting import Failure

ALLOW = re.compile(r"allow|approve|accept|authori[sz]e", re.I)
DENY = re.compile(r"deny|decline|refuse|cancel|not me|\bno\b", re.I)


class Page(HTMLParser):
    """The forms of a page: where they go, what they send, the buttons by what they say."""

    def __init__(self, address, html):
        super().__init__()
        self.address, self.forms, self.words = address, [], []
        self.button = self.unseen = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag in ("style", "script", "title"):
            self.unseen = tag
        if tag == "form":
            action = urllib.parse.urljoin(self.address, a.get("action") or self.address)
            form = {"action": action, "method": a.get("method", "get").lower(), "fields": {}, "empty": [], "buttons": []}
            self.forms.append(form)
        elif not self.forms:
            return
        form = self.forms[-1]
        if tag == "button" or (tag == "input" and a.get("type") == "submit"):
            self.button = {"name": a.get("name"), "value": a.get("value", ""), "says": a.get("value", "") if tag == "input" else ""}
            form["buttons"].append(self.button)
        elif tag == "input" and a.get("type") == "radio":
            form["fields"].setdefault(a["name"], a.get("value", "on"))
        elif tag == "input" and a.get("name"):
            form["fields"][a["name"]] = a.get("value") or ""
            if not a.get("value") and a.get("type") != "hidden":
                form["empty"].append(a["name"])

    def handle_endtag(self, tag):
        if tag == "button":
            self.button = None
        if tag == self.unseen:
            self.unseen = None

    def handle_data(self, data):
        if self.button is not None:
            self.button["says"] += data
        if data.strip() and not self.unseen:
            self.words.append(" ".join(data.split()))


class Person:
    def __init__(self, account=0):
        """Uses the account of that number where there are several to choose from."""
        self.account = account
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        # Whatever proxy this machine has is none of a loopback provider's business.
        self.browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def open(self, address, fields=None):
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(address, body)
        if body is not None:
            request.add_header("Origin", "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(address)))
        with self.browser.open(request, timeout=10) as answer:
            return Page(answer.url, answer.read().decode())

    def press(self, form, button):
        fields = dict(form["fields"])
        if button["name"]:
            fields[button["name"]] = button["value"]
        if form["method"] == "post":
            return self.open(form["action"], fields)
        return self.open(form["action"] + "?" + urllib.parse.urlencode(fields))

    def decide(self, address, allow):
        """Goes from the address to the last page; returns when it came, and its words."""
        goal, other = (ALLOW, DENY) if allow else (DENY, ALLOW)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        page = self.open(address)
        for _ in range(8):
            choices = [(form, button) for form in page.forms for button in form["buttons"]]
            wanted = [c for c in choices if goal.search(c[1]["says"])]
            # A page to decide on has both answers; "cancel" on the way there is none.
            if wanted and any(other.search(button["says"]) for _, button in choices):
                page = self.press(*wanted[0])
                return time.monotonic(), " ".join(page.words)
            onward = [c for c in choices if not DENY.search(c[1]["says"])]
            if not onward:
                break
            accounts = [c for c in onward if c[1]["name"] == "account"]
            form, button = accounts[self.account] if accounts else onward[0]
            for name in form["empty"]:
                form["fields"][name] = query["user_code"][0]
            page = self.press(form, button)
        raise Failure(f"the activation page leads nowhere: {' '.join(page.words)}")

    def allow(self, address):
        return self.decide(address, allow=True)

    def deny(self, address):
        return self.decide(address, allow=False)
