"""A page of a case: how whoever asks for it is let in, and what stands at the top of each."""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from poukama.cases import access
from poukama.cases.access import CasePage
from poukama.cases.inside import Entered, NotLetIn, Opened
from poukama.cases.models import Case
from poukama.cases.need import Purpose, Way
from poukama.cases.rules import Kind, Ref, State
from poukama.cases.walls import Reach, Section
from poukama.cases.words import ALERT, KIND, STATE
from poukama.clients import access as clients
from poukama.clients import reach
from poukama.clients.shown import Head
from poukama.clients.weekly import hours_words
from poukama.clients.words import CHANNELS
from poukama.core import clock
from poukama.doors.known import Age
from poukama.gate.gates import actor_of, needs
from poukama.gate.rules import Actor, Permission
from poukama.roster.access import is_on
from poukama.staff import moments
from poukama.staff.languages import language_name
from poukama.staff.page import show

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Here:
    """A request about one case, from inside it: opened to be read, or entered to do something in it."""

    ref: Ref
    entered: Entered
    by: Actor
    at: dt.datetime
    on_duty: bool
    whole: CasePage | None = None

    @property
    def page(self) -> CasePage:
        """The case's page, where it was read whole. Raises TypeError where it was not."""
        if self.whole is None:
            raise TypeError("this case was not read whole")
        return self.whole

    @property
    def case(self) -> Case:
        """The case."""
        return self.entered.case

    @property
    def opened(self) -> Opened:
        """The case as it was opened. Raises TypeError where it was only entered, which reads nothing."""
        if not isinstance(self.entered, Opened):
            raise TypeError("this case was entered, not opened")
        return self.entered

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the centre's clock."""
        return ZoneInfo(self.case.centre.time_zone)

    @property
    def now(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.by, "at": self.at}

    def reads(self, section: Section) -> bool:
        """Whether what is in a section may be read here."""
        return self.reach(section) >= Reach.READS

    def reach(self, section: Section) -> Reach:
        """How far into a section whoever is here gets."""
        return self.entered.reach[section]

    def must(self, least: Reach, section: Section) -> None:
        """Raise PermissionDenied to whoever does not get at least that far into a section."""
        if self.reach(section) < least:
            raise PermissionDenied

    def writes(self, section: Section) -> bool:
        """Whether something may be added to a section: the case is open, and the wall lets through."""
        return self.reach(section) >= Reach.WRITES and self.case.closed_at is None


View = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def in_case(
    permission: Permission, purpose: Purpose = Purpose.CARE, *, whole: bool = False
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Open a page of a case to those who hold the permission and are let in; whoever is not is led to the glass.

    Reading it (GET) opens the case for the purpose, which is a line in the trail; acting in it does not. A page that
    shows the `whole` case has it read with the opening.
    """

    def wrap(view: View[P]) -> Callable[..., HttpResponse]:
        @needs(permission)
        @functools.wraps(view)
        def gated(request: HttpRequest, record: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                here = come_in(request, record, purpose, whole=whole)
            except NotLetIn:
                return redirect("cases:glass", record)
            return view(request, here, *args, **kwargs)

        return gated

    return wrap


def come_in(request: HttpRequest, record: UUID, purpose: Purpose, *, whole: bool = False) -> Here:
    """Into a case for one request. Raises Http404, NotLetIn."""
    now: Any = request
    by, at = actor_of(request), clock.now()
    ref = access.ref_of(record, now.centres, by=by)
    if request.method == "POST" and (entered := _by_the_team(ref, by, at)):
        return Here(ref, entered, by, at, on_duty=False)
    on_duty = is_on(ref, by=by, at=at)
    if request.method == "POST":
        return Here(ref, access.enter(ref, by=by, at=at, on_duty=on_duty), by, at, on_duty)
    given: Any = {"purpose": purpose, "by": by, "at": at, "on_duty": on_duty}
    if whole:
        page = access.case_page(ref, **given)
        return Here(ref, page.opened, by, at, on_duty, page)
    return Here(ref, access.open_case(ref, **given), by, at, on_duty)


def _by_the_team(ref: Ref, by: Actor, at: dt.datetime) -> Entered | None:
    """Into a case for whoever is on its team: the way of most, for which nobody asks the roster."""
    with suppress(NotLetIn):
        entered = access.enter(ref, by=by, at=at)
        return entered if entered.way is Way.TEAM else None
    return None


def opened_again(here: Here, purpose: Purpose = Purpose.CARE) -> Here:
    """The same request with its case opened: to show parts of it after a form that was not done. Raises NotLetIn."""
    if isinstance(here.entered, Opened):
        return here
    opened = access.open_case(here.ref, purpose=purpose, by=here.by, at=here.at, on_duty=here.on_duty)
    return replace(here, entered=opened)


# ── What stands on it ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of every case: its name, its word, and the section that must at least be known of to see it."""

    name: str
    word: Promise
    section: Section


# Left to right. A page stands here when it is built.
TABS: tuple[Tab, ...] = (
    Tab("board:case", pgettext_lazy("page of a case", "Overview"), Section.IDENTITY),
    Tab("cases:told", pgettext_lazy("page of a case", "Told"), Section.IDENTITY),
    Tab("cases:consents", pgettext_lazy("page of a case", "Consents"), Section.LEGAL),
    Tab("care:support", pgettext_lazy("page of a case", "Support"), Section.IDENTITY),
    Tab("legal:notices", pgettext_lazy("page of a case", "Notices"), Section.LEGAL),
    Tab("cases:team", pgettext_lazy("page of a case", "Team"), Section.IDENTITY),
    # Whoever does not know of every section does not see who has looked at it.
    Tab("cases:looked", pgettext_lazy("page of a case", "Who has looked"), Section.PSYCHOLOGICAL),
)


def show_case(
    request: HttpRequest, here: Here, template: str, known: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page of a case, with who it is about, how they may be reached, and the case's other pages."""
    shown = {
        "place": "cases:list",
        "case": here.case,
        "here_in": here,
        "centre": here.case.centre,
        "top": top(here, clients.head(here.case.client, by=here.by, at=here.at)),
        "tabs": [tab for tab in _tabs(request, here)],
        **(known or {}),
    }
    return show(request, template, shown, status=status)


@dataclass(frozen=True, slots=True)
class Top:
    """The top of a case's page. What a wall hides is empty; a broken glass shows until when it is open."""

    code: str
    called: str
    age: str
    language: str
    kind: Promise | str
    state: Promise | str
    ways: tuple[str, ...]
    shielded: bool
    glass_until: str
    alerts: tuple[Promise, ...]


def top(here: Here, head: Head) -> Top:
    """What the head of a client's record says to whoever is here."""
    case, reads = here.case, here.reads(Section.IDENTITY)
    identity, until = head.identity, here.entered.until
    alerts = here.entered.alerts if isinstance(here.entered, Opened) else frozenset()
    return Top(
        code=head.code,
        called=identity.called if reads else "",
        age=age_words(head.age) if reads else "",
        language=language_name(identity.language) if reads and identity.language else "",
        kind=KIND[Kind(case.kind)] if case.kind != Kind.OWN else "",
        state=STATE[case.state] if case.state is State.CLOSED else "",
        ways=tuple(way_words(way) for way in head.ways if way.open) if reads else (),
        shielded=identity.shielded,
        glass_until=moments.hour(until, here.zone) if until else "",
        alerts=tuple(ALERT[alert] for alert in sorted(alerts)),
    )


def age_words(age: Age) -> str:
    """An age as far as it is known: `18+`, `16–17`, `under 16`, or nothing.

    >>> age_words(Age(18)), age_words(Age(16, 17)), age_words(Age(24, 24)), age_words(Age())
    ('18+', '16–17', '24', '')
    """
    if age.most is None:
        return f"{age.least}+" if age.least else ""
    if age.least == age.most:
        return str(age.least)
    if age.least == 0:
        return pgettext("age", "under %(age)s") % {"age": age.most + 1}
    return f"{age.least}–{age.most}"


def way_words(way: reach.Way) -> str:
    """A way to a client in a few words: how, when, and whether a message may be left."""
    message = (
        pgettext("safe contact", "a message may be left") if way.voicemail else pgettext("safe contact", "no message")
    )
    return ", ".join([str(CHANNELS[way.channel]), hours_words(way.hours.expression), message])


def _tabs(request: HttpRequest, here: Here) -> list[dict[str, Any]]:
    """The pages that whoever is here may know of. A page below one of them is part of the nearest."""
    found = [(reverse(tab.name, args=[here.ref.id]), tab) for tab in TABS if here.reach(tab.section) >= Reach.KNOWS]
    above = [href for href, _tab in found if f"{request.path}/".startswith(f"{href}/")]
    nearest = max(above, key=len, default="")
    return [{"name": tab.name, "href": href, "word": tab.word, "here": href == nearest} for href, tab in found]
