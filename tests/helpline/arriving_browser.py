"""The page of an arrival in a browser without scripts: its form as it stands, and a button pressed."""

import re
from typing import Any

from django.test import Client

from poukama.cases.models import Case
from poukama.gate.scope import within
from poukama.helpline.rules import Ref
from tests.helpline.night import Desk

ARRIVE = "/s/tapaukset/uusi"


def asked(browser: Client, contact: Ref | None = None) -> str:
    answer = browser.get(ARRIVE, {"yhteydenotto": str(contact.id)} if contact else {})
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def form_of(html: str) -> dict[str, Any]:
    """What the page's form holds, as a browser would send it."""
    whole = html[html.index('<form class="arrive"') :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", whole):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' in tag or 'type="checkbox"' in tag) and "checked" not in tag:
            continue
        if name:
            found.setdefault(name[1], []).append(value[1] if value else "on" if "checkbox" in tag else "")
    for name, inside in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', whole, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', inside) or [""]
    return found


def press(browser: Client, contact: Ref | None = None, do: str = "open", **changes: Any) -> Any:
    return browser.post(ARRIVE, {**form_of(asked(browser, contact)), "do": do, **changes})


def cases_of(desk: Desk) -> list[Case]:
    with within(desk.centre.pk):
        return list(Case.objects.select_related("client"))


def only(desk: Desk) -> Case:
    (case,) = cases_of(desk)
    return case
