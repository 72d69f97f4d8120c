"""What the page of an arrival finds: what was told already, who it may be, and the form with what stands in it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from poukama.cases.shown import Row
from poukama.centres.rules import Pack
from poukama.clients.forms import WayForm
from poukama.core.texts import one_line
from poukama.helpline import asked, forms, page, words
from poukama.helpline.arriving import Coming, WayTold, known_of, way_told
from poukama.helpline.forms import ArrivalForm
from poukama.helpline.rules import ArrivalState, interval
from poukama.helpline.shown import Desk, Listed, Night, Opened
from poukama.staff import moments

# What says nothing of the client: the way to reach them has its own place.
_NOT_SHOWN = frozenset({"safe_contact", "voicemail", "unsure"})


@dataclass(frozen=True, slots=True)
class Reception:
    """An arrival's form with all that goes with it: what was told, how they are reached, and who it may be.

    `standing` is the case to which what was told is attached already.
    """

    form: ArrivalForm
    way: WayForm
    heard: Opened | None = None
    hits: tuple[Row, ...] | None = None
    standing: UUID | None = None

    @property
    def opens_way(self) -> bool:
        """Whether the client opens a way, as the form says."""
        return bool(self.form["opens_way"].value())

    def coming(self, *, case: UUID | None, pack: Pack, at: dt.datetime) -> Coming | None:
        """Whoever has come, into this case or a new one; None while something is to be mended, which the form says."""
        way = forms.way_of(self.way, uuid5(self.key, "way"), pack, at) if self.opens_way else None
        for name, errors in self.way.errors.items():
            self.form.add_error(None, f"{self.way[name].label}: {errors[0]}")
        return self.form.coming(case=case, way=way) if self.form.is_valid() else None

    @property
    def sought(self) -> str:
        """What is looked for: what was typed for it, else the called name."""
        return one_line(str(self.form["sought"].value() or self.form["called"].value() or ""))

    @property
    def key(self) -> UUID:
        """The key of the form; it is new where none was sent."""
        return forms.uuid_of(self.form["key"].value()) or uuid4()


def asked_for(heard: Opened | None, pack: Pack, *, reader: str, at: dt.datetime) -> Reception:
    """The form as it is before anybody writes in it, with what was told in its place."""
    began: dict[str, Any] = {"came": at.isoformat()}
    way: WayTold | None = None
    if heard:
        known, way = known_of(heard.answers, heard.words), way_told(heard.answers, heard.words)
        began |= {**forms.told_before(known), "contact": heard.ref.id, "sought": known.called}
        began["opens_way"] = bool(way and way.hours)
    form = ArrivalForm(pack=pack, reader=reader, initial=began)
    if heard is None:
        # What is asked first of somebody of whom nothing is known.
        form.fields["called"].widget.attrs["autofocus"] = True
    return Reception(
        form,
        WayForm(prefix="way", initial=forms.way_before(way)),
        heard,
    )


def sent(post: QueryDict, pack: Pack, *, reader: str) -> Reception:
    """The form as it was sent. Of a way that the client does not open nothing is asked, and what was typed stays."""
    form = ArrivalForm(post, pack=pack, reader=reader)
    if form["opens_way"].value():
        return Reception(form, WayForm(post, prefix="way"))
    typed = {name: post.getlist(f"way-{name}") if name == "days" else post.get(f"way-{name}") for name in _WAY}
    return Reception(form, WayForm(prefix="way", initial=typed))


_WAY = ("channel", "address", "any_hour", "days", "begins", "ends", "voicemail", "name_we_say")


def context(now: Reception, desk: Desk, night: Night | None, *, reader: str, at: dt.datetime) -> dict[str, Any]:
    """Everything that the template finds. `night` is the list in which whoever came may be, where nothing is known."""
    pack = desk.policy.pack
    heard = now.heard
    return {
        "form": now.form,
        "way": now.way,
        "opens_way": now.opens_way,
        "way_faulty": bool(now.form.non_field_errors() and now.way.errors),
        "standing": page.case_address(now.standing) if now.standing else "",
        "hits": None if now.hits is None else [_hit(row, pack) for row in now.hits],
        "told": _told(heard, pack, reader, at) if heard else None,
        "earlier": [_earlier(row, at, pack) for row in (night.ended if night else ()) if row.attached is None],
        "came": moments.day_and_hour(at, pack.zone),
        "country": pack.country,
    }


def _told(heard: Opened, pack: Pack, reader: str, at: dt.datetime) -> dict[str, Any]:
    known = known_of(heard.answers, heard.words)
    return {
        "source": f"{words.CHANNEL_TITLE[heard.channel]} {moments.nearby(heard.began_at, at, pack.zone)}",
        "contact": heard.ref.id,
        "writes": heard.writes,
        "in_progress": heard.ended_at is None,
        "expected": next((one.ref.id for one in heard.arrivals if one.state is ArrivalState.EXPECTED), None),
        "facts": [*_facts(heard, pack, reader, at)],
        "note": heard.words.note,
        "folds": bool(known.called and known.language),
        "way": _way(heard),
    }


def _facts(heard: Opened, pack: Pack, reader: str, at: dt.datetime) -> Iterator[tuple[Promise | str, str]]:
    """Each thing that was told, with the word for it; what was not asked is not here."""
    if heard.words.called_name:
        yield asked.LABELS["called_name"], heard.words.called_name
    answers = {name: getattr(heard.answers, name) for name in heard.answers.__slots__}
    for name, question in asked.questions(answers, {}, pack, reader).items():
        chosen = [choice.word for choice in question.choices if choice.chosen and not choice.blank]
        if chosen and name not in _NOT_SHOWN:
            yield question.legend, ", ".join([*chosen, *_besides(name, heard, pack, at)])


def _besides(name: str, heard: Opened, pack: Pack, at: dt.datetime) -> Iterator[str]:
    """What goes with an answer: who interprets, and between which hours it happened."""
    if name == "language" and heard.answers.interpreter:
        yield _("interpreter")
    if name == "when":
        event = interval(heard.answers.when, heard.began_at, unsure=heard.answers.unsure)
        if event.earliest and event.latest:
            ends = (moments.nearby(moment, at, pack.zone) for moment in (event.earliest, event.latest))
            yield " – ".join(ends)


def _way(heard: Opened) -> str:
    """How they may be reached, as they told it."""
    said, answers = heard.words, heard.answers
    if not said.phone:
        return ""
    message = _("a message may be left") if answers.voicemail else _("leave no message")
    name = _("Say: %(name)s") % {"name": said.name_to_say} if said.name_to_say else ""
    parts = (str(words.SAFE_CONTACT[answers.safe_contact]), said.phone, said.hours, message, name)
    return ", ".join(part for part in parts if part)


def _hit(row: Row, pack: Pack) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "called": row.called,
        "opened": moments.day(row.opened_at, pack.zone),
        "here": row.here,
        "state": row.state,
        "let_in": row.let_in,
    }


def _earlier(row: Listed, at: dt.datetime, pack: Pack) -> dict[str, Any]:
    """A contact by its place in the list: when, how, by what name and how it ended, and nothing that was told."""
    return {
        "href": f"{reverse('helpline:arrive')}?yhteydenotto={row.ref.id}",
        "when": moments.nearby(row.began_at, at, pack.zone),
        "channel": words.CHANNEL_TITLE[row.channel],
        "called": row.called_name,
        "outcome": words.OUTCOME[row.outcome],
    }
