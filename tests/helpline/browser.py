"""A browser without scripts: it reads a page's form as it stands, changes fields, presses a button, and follows."""

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from poukama.staff.models import Member
from tests.people import sign_in

DESK = "/s/puhelin"


class _Reading(HTMLParser):
    """The fields of the contact's form, in the order of the page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[str]] = {}
        self.order: list[str] = []
        self._inside = False
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == "contact"
        name = given.get("name", "")
        if not self._inside or (not name and tag != "option"):
            return
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self._field(name, given.get("value", ""))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._area, self.fields[name] = name, [""]
            self.order.append(name)
        elif tag == "button":
            self.order.append(f"do={given.get('value')}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            self._field(self._select, (chosen or [value for value, _ in self._options])[0])
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data

    def _field(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)
        self.order.append(name)


class Browser:
    """Signed in as a member; `page` is what was last seen."""

    def __init__(self, member: Member) -> None:
        self.client = sign_in(Client(), member)
        self.page: Any = HttpResponse()

    @property
    def html(self) -> str:
        return str(self.page.content.decode())

    def open(self, address: str = DESK) -> str:
        self.page = self.client.get(address)
        return self.html

    def begin(self, **fields: str) -> str:
        """A new contact, and its address."""
        answer = self.client.post(f"{DESK}/uusi", {"contact": str(uuid4()), **fields})
        assert answer.status_code == 303, answer.content.decode()
        return str(answer["Location"])

    def form(self) -> dict[str, Any]:
        """The contact's form as the page has it; a text area drops the first line break, as browsers do."""
        fields = {name: values for name, values in _read(self.html).fields.items() if name != "csrfmiddlewaretoken"}
        if "note" in fields:
            fields["note"] = [fields["note"][0].removeprefix("\n")]
        return fields

    def order(self) -> list[str]:
        """What stands in the contact's form, from first to last."""
        return _read(self.html).order

    def press(self, address: str, button: str = "save", **changes: Any) -> Any:
        """Open a contact, change fields of its form, press a button; the answer, and the page that it leads to."""
        self.open(address)
        return self.send(address, {**self.form(), **changes, "do": button})

    def send(self, address: str, form: dict[str, Any]) -> Any:
        """Send a form, and follow where it leads."""
        answer = self.client.post(address, form)
        self.page = self.client.get(answer["Location"]) if answer.status_code == 303 else answer
        return answer


def _read(html: str) -> _Reading:
    found = _Reading()
    found.feed(html)
    return found


def stop_clock(monkeypatch: Any, moment: dt.datetime) -> None:
    """The hour that every page reads."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: moment)


def first(pattern: str, html: str) -> str:
    """What the pattern's brackets find first in a page."""
    found = re.search(pattern, html)
    assert found, f"{pattern} is not on the page"
    return found[1]
