"""What a public page shows: made from the packs, the moment, the address and whether this is practice; nothing else.

Every page's template finds:

- `language`, `page`, `practice`, `links`, `others` (this page in every language), `at` (the moment, on the minute)
- `front`: the front centre, a `Centre`; `country`, `emergency`; `phone`, the number that answers now; `lines`, what to
  say of the telephone: the line that answers now, or every line where the page has no clock (`timeless`)
- `said`: the front centre's public sentences by code, `{% if said.free %}{{ said.free }}{% endif %}`
- `ages`, `duty`, `duty_recipients`, `children`, `later` of the front centre
- on the page of the examination `windows` and `keeping`, what is in force of each: see `samples`
- `centres` to list, each a `Centre`; on a centre's page also `centre`, and `open`, `until` of that centre, else of the
  front centre
"""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from poukama.centres.rules import Duty, PlaceKind
from poukama.guide import answers, samples, wording
from poukama.guide.installed import Installed
from poukama.guide.links import Links
from poukama.guide.pages import LANGUAGES, Address, Page
from poukama.guide.rules import holds_until, takes_in
from poukama.guide.shown import Centre, words_in

NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
# When somebody last went through the accessibility statement.
STATEMENT_DATE = dt.date(2026, 11, 24)
RECIPIENTS = {"police": gettext_noop("the police"), "child_welfare": gettext_noop("child welfare")}


def html(
    address: Address,
    installed: Installed,
    *,
    at: dt.datetime,
    practice: bool,
    links: Links,
    stranger: bool = False,
) -> str:
    """A whole page, of a centre that is listed. A stranger reads none of the languages and gets a line in English."""
    with translation.override(address.language):
        known = context(address, installed, at=at, practice=practice, links=links)
        if address.page is Page.HELP:
            known |= answers.context(installed.policy, known["front"], at, timeless=links.timeless)
        if address.page is Page.EXAMINATION:
            known |= samples.context(installed.decided, at, installed.front.zone)
        known["stranger"] = stranger
        return render_to_string(f"guide/pages/{address.page}.html", known)


def trouble(language: str, status: int, installed: Installed, *, at: dt.datetime, practice: bool, links: Links) -> str:
    """The page for when something is wrong, by its HTTP status: it still says where help is."""
    with translation.override(language):
        known = context(Address(Page.HELP, language), installed, at=at, practice=practice, links=links)
        return render_to_string("guide/trouble.html", {**known, "status": status})


def context(address: Address, installed: Installed, *, at: dt.datetime, practice: bool, links: Links) -> dict[str, Any]:
    """What the templates find."""
    pack = installed.front
    front = Centre(pack, words_in(pack, address.language), practice, at)
    centres = [Centre(each, words_in(each, address.language), practice, at) for each in installed.packs]
    centre = next((each for each in centres if each.pack.code == address.centre), None)
    lines = [front.number(line) for line in (pack.lines if links.timeless else [pack.line_at(at)])]
    told = (centre or front).pack
    until = holds_until(told, at)
    return {
        "language": address.language,
        "page": address.page,
        "practice": practice,
        "links": links,
        "timeless": links.timeless,
        "others": [{"code": code, "name": NAMES[code], "href": links.to(address.within(code))} for code in LANGUAGES],
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
        "centres": centres,
        "centre": centre,
        "open": takes_in(told, at),
        "until": wording.moment(until, at, told.zone) if until else "",
        "statement_date": STATEMENT_DATE,
    }


def _recipients(duty: Duty | None) -> str:
    named = [_(RECIPIENTS.get(code, code)) for code in duty.recipients] if duty else []
    return _(" and ").join(named)
