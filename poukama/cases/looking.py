"""Pages of who has looked: S31, the trail of a centre, and the client's own list."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from poukama.cases import looked
from poukama.cases.event_words import EVENTS, KINDS
from poukama.cases.looked import Asked, Looked, OwnLine, TrailPage
from poukama.cases.need import Purpose
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.review_forms import TrailForm
from poukama.cases.reviews import centre_for
from poukama.cases.words import GLASS_REASON, PURPOSE
from poukama.core import clock, documents
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Permission
from poukama.roster.access import is_on
from poukama.staff import moments
from poukama.staff.page import show

LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}
# What the trail calls a row is a table and a key; the page says the beginning of the key.
_KEY = 8


@needs(Permission.TRAIL_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def trail(request: HttpRequest) -> HttpResponse:
    """S31: what is worth a second look on top, then every line, the newest first. What is asked for is in no address
    but by keys."""
    centre, by, at = centre_for(request, Permission.TRAIL_READ), actor_of(request), clock.now()
    asked = _asked(request.GET, ZoneInfo(centre.time_zone))
    page = looked.trail_page(centre, asked, by=by, at=at, on_duty=is_on(centre, by=by, at=at))
    form = TrailForm(
        request.POST if request.method == "POST" else None, members=page.members, initial=_typed(request.GET)
    )
    if request.method == "POST" and form.is_valid():
        case = looked.case_named(centre, form.cleaned_data["case"], by=by) if form.cleaned_data["case"] else None
        if case or not form.cleaned_data["case"]:
            return HttpResponse(status=303, headers={"Location": _address(form, case)})
        form.add_error("case", _("There is no such case at this centre. Check each letter."))
    known = _known(request, page, ZoneInfo(centre.time_zone)) | {"form": form, "asked": asked, "centre": centre}
    return show(request, "cases/trail.html", known, status=422 if form.is_bound else 200)


def _known(request: HttpRequest, page: TrailPage, zone: ZoneInfo) -> dict[str, Any]:
    further = {name: value for name, value in request.GET.items() if name != "before"}
    return {
        "lines": [_line(line, zone) for line in page.lines],
        "second_look": [_line(line, zone) for line in page.second_look],
        "next": f"?{urlencode(further | {'before': page.before})}" if page.before else "",
        "may_review": actor_of(request).may_somewhere(Permission.CASE_REVIEW),
    }


def _line(line: Looked, zone: ZoneInfo) -> dict[str, Any]:
    kind, _colon, key = line.target.partition(":")
    return {
        "number": line.number,
        "at": moments.day_and_hour(line.at, zone),
        "name": line.name or _actor(line.actor),
        "what": EVENTS.get(line.event, line.event),
        "count": line.count,
        "purpose": PURPOSE[line.purpose] if line.purpose else "",
        "case": line.case,
        "code": line.code,
        "record": f"{KINDS.get(kind, kind.partition('.')[2])} {key[:_KEY]}",
        "second": line.event == "glass.broken" or line.event.startswith("curious."),
    }


def _actor(key: str) -> str:
    """What is no member."""
    return _("the command line of the server") if key == "operator" else _("nobody who was signed in")


# ── What is asked for, in addresses and in the form ──────────────────────────────────────────────────────────


def _asked(given: Any, zone: ZoneInfo) -> Asked:
    """What an address asks for; what it says badly, it does not ask for."""
    form = TrailForm({name: given.get(name, "") for name in ("since", "until")}, members=())
    form.is_valid()
    since, until = form.period(zone)
    return Asked(since, until, _number(given.get("member")), _case(given.get("case")), _number(given.get("before")))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def _case(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _typed(given: Any) -> dict[str, str]:
    return {name: given[name] for name in ("since", "until", "member", "case") if name in given}


def _address(form: TrailForm, case: UUID | None) -> str:
    known = form.cleaned_data
    asked = {"since": known["since"], "until": known["until"], "member": known["member"], "case": case}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("cases:trail") + (f"?{query}" if query else "")


# ── The client's own list ────────────────────────────────────────────────────────────────────────────────────


@in_case(Permission.CASE_READ, Purpose.CLIENT_ASKED)
@require_GET
def own_list(request: HttpRequest, here: Here) -> HttpResponse:
    """Who has looked at a record, when and why, to be given to the client in one of three languages."""
    language = _spoken(request)
    with translation.override(language):
        others = [(code, word) for code, word in LANGUAGES.items() if code != language]
        known = _own_words(here) | {"others": others, "spoken": language}
        return show_case(request, here, "cases/looked.html", known)


@in_case(Permission.CASE_READ, Purpose.CLIENT_ASKED)
@require_GET
def own_paper(request: HttpRequest, here: Here) -> HttpResponse:
    """The same as a document. It names neither the client nor the centre."""
    language = _spoken(request)
    with translation.override(language):
        told = on_paper(_own_words(here))
        title = _("Who has looked at your record")
        return documents.response(documents.pdf("cases/looked.typ", told, title=title, language=language), "list")


def _spoken(request: HttpRequest) -> str:
    asked = request.GET.get("kieli", "")
    return asked if asked in LANGUAGES else translation.get_language() or "en"


def _own_words(here: Here) -> dict[str, Any]:
    since = here.at - looked.BACK
    return own_words(here, looked.own_list(here.opened, since=since, by=here.by, at=here.at), since)


def on_paper(known: dict[str, Any]) -> dict[str, Any]:
    """The client's own list as its document takes it, in the language that is chosen now."""
    since, made = known["since"], known["made"]
    return {
        "intro": _(
            "Everybody at the centre who has read your record or written in it since %(since)s, the newest first. "
            "You may ask why, and you may ask for older lines."
        )
        % {"since": since},
        "heads": [_("Day"), _("Time"), _("Who"), pgettext("was done", "What"), _("Why")],
        "lines": [[line["day"], line["hours"], line["name"], _done(line), line["why"]] for line in known["lines"]],
        "nobody": _("Nobody has."),
        "made": _("Made %(made)s.") % {"made": made},
    }


def _done(line: dict[str, Any]) -> str:
    times = ngettext("once", "%(times)s times", line["times"]) % {"times": line["times"]}
    return f"{line['what']}, {times}" if line["times"] > 1 else str(line["what"])


def own_words(here: Here, lines: tuple[OwnLine, ...], since: dt.datetime) -> dict[str, Any]:
    """The client's own list in words, in the language that is chosen now."""
    zone = here.zone
    return {
        "lines": [_own_line(line, _purposes(lines, line, zone), zone) for line in lines],
        "since": moments.dated(since, zone),
        "made": moments.dated(here.at, zone),
    }


def _purposes(lines: tuple[OwnLine, ...], line: OwnLine, zone: ZoneInfo) -> list[Purpose]:
    """What somebody opened the record for on the day of a line: what they did in it then, they did for that."""
    day = line.first.astimezone(zone).date()
    same = [each for each in lines if each.name == line.name and each.first.astimezone(zone).date() == day]
    purposes = {each.purpose for each in same if each.purpose}
    # The list itself is made because the client asked; what else was done that day was not.
    return sorted(purposes - {Purpose.CLIENT_ASKED} or purposes)


def _own_line(line: OwnLine, purposes: list[Purpose], zone: ZoneInfo) -> dict[str, Any]:
    first, last = moments.hour(line.first, zone), moments.hour(line.last, zone)
    return {
        "day": moments.dated(line.first, zone),
        "hours": first if first == last else f"{first}–{last}",
        "times": line.times,
        "name": line.name or _("the centre's system"),
        "what": EVENTS.get(line.event, _("handled the record")),
        "why": str(_why(line)) or ", ".join(str(PURPOSE[purpose]) for purpose in purposes),
    }


def _why(line: OwnLine) -> Any:
    if line.reason:
        return GLASS_REASON[line.reason]
    return PURPOSE[line.purpose] if line.purpose else ""
