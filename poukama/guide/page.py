"""What a public page shows: made from the packs, the moment, the address and whether this is practice; nothing else.

Every page's template finds:

- `language`, `page`, `practice`, `links`, `others` (this page in every language), `at` (the moment, on the minute)
- `front`: the front centre, a `Centre`; `country`, `emergency`; `phone`, the number that answers now; `lines`, what to
  say of the telephone: the line that answers now, or every line where the page has no clock (`timeless`)
- `said`: the front centre's public sentences by code, `{% if said.free %}{{ said.free }}{% endif %}`
- `ages`, `duty`, `duty_recipients`, `children`, `later` of the front centre; `centres` to list; on a centre's page `centre`
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from poukama.centres.rules import Duty, Line, Pack, Place, PlaceKind, Words
from poukama.guide import wording
from poukama.guide.links import Links
from poukama.guide.pages import LANGUAGES, Address, Page
from poukama.guide.rules import holds_until

NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
# When somebody last went through the accessibility statement.
STATEMENT_DATE = dt.date(2026, 11, 24)
RECIPIENTS = {"police": gettext_noop("the police"), "child_welfare": gettext_noop("child welfare")}


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation's public pages speak of: its front centre, and every centre that it lists."""

    front: Pack
    packs: tuple[Pack, ...]
    windows: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a page shows it. What the pack does not say is empty."""

    code: str
    name: str
    address: str
    directions: str
    hours: str
    phone: str
    always: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone line as a page shows it."""

    code: str
    name: str
    phone: str
    hours: str
    own: bool


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre as a page shows it, in one language."""

    pack: Pack
    words: Words
    practice: bool

    @property
    def said(self) -> dict[str, str]:
        """The sentences that may be said publicly, by code: an example is one only in a practice version."""
        return {
            each.code: self.words.get(f"said.{each.code}")
            for each in self.pack.said
            if self.practice or not each.origin.example
        }

    @property
    def sites(self) -> list[Spot]:
        """Where the centre is."""
        return self.spots(PlaceKind.CENTRE)

    def spots(self, kind: PlaceKind) -> list[Spot]:
        """Its places of a kind."""
        return [self.spot(place) for place in self.pack.of_kind(kind)]

    def spot(self, place: Place) -> Spot:
        """One of its places."""
        about = {what: self.words.get(f"places.{place.code}.{what}") for what in ("name", "address", "directions")}
        return Spot(
            code=place.code,
            hours=self.words.get(f"places.{place.code}.hours_note"),
            phone=place.phone or "",
            always=place.hours is not None and place.hours.always,
            **about,
        )

    def number(self, line: Line) -> Number:
        """One of its lines."""
        words = {what: self.words.get(f"lines.{line.code}.{what}") for what in ("name", "hours_note")}
        return Number(line.code, words["name"], line.phone, words["hours_note"], line.own)


def words_in(pack: Pack, language: str) -> Words:
    """The pack's words in a language, or in the nearest that it has."""
    return pack.words.get(language) or pack.words.get("en") or next(iter(pack.words.values()))


def html(address: Address, installed: Installed, *, at: dt.datetime, practice: bool, links: Links) -> str:
    """A whole page. Raises KeyError for a centre that is not listed."""
    with translation.override(address.language):
        known = context(address, installed, at=at, practice=practice, links=links)
        return render_to_string(f"guide/pages/{address.page}.html", known)


def context(
    address: Address, installed: Installed, *, at: dt.datetime, practice: bool, links: Links
) -> dict[str, Any]:
    """What the templates find."""
    pack = installed.front
    front = Centre(pack, words_in(pack, address.language), practice)
    shown = [Centre(each, words_in(each, address.language), practice) for each in installed.packs]
    lines = [front.number(line) for line in (pack.lines if links.timeless else [pack.line_at(at)])]
    until = holds_until(pack, at)
    return {
        "address": address,
        "language": address.language,
        "page": address.page,
        "practice": practice,
        "links": links,
        "timeless": links.timeless,
        "others": [
            {"code": code, "name": NAMES[code], "href": links.to(address.within(code))} for code in LANGUAGES
        ],
        "at": at,
        "front": front,
        "country": pack.country,
        "emergency": pack.emergency_phone,
        "phone": lines[0].phone,
        "lines": lines,
        "said": front.said,
        "ages": pack.ages,
        "duty": pack.duty,
        "duty_recipients": _recipients(pack.duty),
        "children": front.spots(PlaceKind.CHILDREN),
        "later": front.spots(PlaceKind.LATER),
        "open": pack.open_at(at),
        "until": wording.moment(until, at, pack.zone) if until else "",
        "centres": shown,
        "centre": next(each for each in shown if each.pack.code == address.centre) if address.centre else None,
        "statement_date": STATEMENT_DATE,
    }


def _recipients(duty: Duty | None) -> str:
    named = [_(RECIPIENTS.get(code, code)) for code in duty.recipients] if duty else []
    return _(" and ").join(named)
