"""What the page of a contact in progress finds."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from poukama.centres.rules import Pack, PlaceKind
from poukama.helpline import asked, phrases, suggested, words
from poukama.helpline.answers import Answers, Fault
from poukama.helpline.rules import Option, Phrase, Refusal, Refused, suggest
from poukama.helpline.rules import phrases as fitting
from poukama.helpline.shown import Desk, Opened, Telling
from poukama.staff import moments

# Who is told first, and whom the emergency clinic stands in for.
_FIRST = "doctor"
CLINIC = "emergency_clinic"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with what was sent: in a sentence, and in words beside the fields."""

    title: str
    errors: Mapping[str, str] = field(default_factory=dict)
    may_take: bool = False
    status: int = 422

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The fields that were not kept, each with its name and the reason."""
        return [{"name": name, "label": asked.label_of(name), "word": word} for name, word in self.errors.items()]


@dataclass(frozen=True, slots=True)
class OnPage:
    """What stands on the page besides what is kept: as it was typed, and what was wrong with it."""

    typed: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    trouble: Trouble | None = None

    @property
    def errors(self) -> Mapping[str, str]:
        """The words beside the fields."""
        return self.trouble.errors if self.trouble else {}


def case_address(case: UUID) -> str:
    """Where a case is read, by whoever is let in: the page that an arrival leads to."""
    return reverse("board:case", args=[case])


def faulty(faults: Mapping[str, Fault]) -> Trouble:
    """Fields that were not kept, while all the others were."""
    errors = {name: str(words.FAULT[fault]) for name, fault in faults.items()}
    return Trouble(_("The rest is saved. These are not:"), errors)


def unread(errors: Mapping[str, str]) -> Trouble | None:
    """A paper that cannot be entered yet: nothing of it is saved."""
    return Trouble(_("Not entered yet. Correct these:"), errors) if errors else None


def older() -> Trouble:
    """A page that was older than what is kept: it was not written over."""
    return Trouble(
        _("More had been saved since this page was opened. Compare, and press Save to keep this."), status=409
    )


def refusal(refused: Refused) -> Trouble:
    """A step that was refused: what to do first, or who writes now."""
    word = str(words.REFUSAL[refused.refusal]) % {"who": refused.who}
    beside = {Refusal.NOT_SAFE: "safe_contact", Refusal.NO_NUMBER: "phone", Refusal.NOT_HERE: "to"}
    if refused.refusal in beside:
        return Trouble(_("Nothing else is missing than this:"), {beside[refused.refusal]: word})
    may_take = refused.refusal in (Refusal.PEN, Refusal.OTHER_WINDOW)
    return Trouble(word, may_take=may_take, status=409)


@dataclass(frozen=True, slots=True)
class Number:
    """Somebody to ring, with the duty by its code and its word."""

    code: str
    duty: str
    name: str
    phone: str


def context(opened: Opened, desk: Desk, on: OnPage, *, reader: str, at: dt.datetime) -> dict[str, Any]:
    """Everything that the template finds. What was typed stands before what is kept."""
    pack = desk.policy.pack
    typed = {**asdict(opened.answers), **asdict(opened.words), **on.typed}
    answers = replace(opened.answers, **on.answers)
    taken = opened.taken.option if opened.taken else None
    return {
        "contact": opened,
        "channel": words.CHANNEL_TITLE[opened.channel],
        "length": moments.length(opened.began_at, at),
        "key": uuid4(),
        "writer": opened.writer or uuid4(),
        "next_number": opened.number + 1,
        "questions": asked.questions(typed, on.errors, pack, reader),
        "words": asked.fields(typed, on.errors),
        "ticks": asked.ticks(typed),
        "saved": saved_state(opened, pack, faulty=bool(on.trouble)),
        "trouble": on.trouble,
        "passing": "to" in on.errors,
        **spoken(answers, desk, reader, opened.began_at, at),
        **suggested.context(opened.began_at, answers, taken, desk, reader, at),
        **on_call(desk, reader),
        **_arrival(opened, at, pack),
    }


def on_call(desk: Desk, reader: str) -> dict[str, Any]:
    """Who is on call now, and whom to tell first: the doctor, or the emergency clinic while nobody is marked."""
    covers = [Number(each.duty, _duty(each.duty), each.name, each.phone) for each in desk.covers]
    first = [each for each in covers if each.code == _FIRST][:1] or _clinic(desk.policy.pack, reader)
    return {"covers": covers, "tell_first": first, "nobody": not any(each.code == _FIRST for each in covers)}


def told_line(told: Telling, at: dt.datetime, pack: Pack) -> str:
    """One telling in a sentence, as `told at 02:31 by telephone: Doctor`."""
    said = {
        "time": moments.hour(told.at, pack.zone),
        "means": words.MEANS[told.means],
        "duty": _duty(told.duty),
    }
    return _("Told at %(time)s %(means)s: %(duty)s") % said


def _duty(code: str) -> str:
    return str(words.DUTIES.get(code, code.replace("_", " ").capitalize()))


def _clinic(pack: Pack, reader: str) -> list[Number]:
    language = reader if reader in pack.words else pack.languages[0]
    texts = pack.words[language].texts
    places = pack.of_kind(PlaceKind.EMERGENCY)
    named = [(texts.get(f"places.{place.code}.name", place.code), place.phone) for place in places if place.phone]
    return [Number(CLINIC, _duty(CLINIC), name, phone) for name, phone in named][:1]


def saved_state(opened: Opened, pack: Pack, *, faulty: bool = False) -> dict[str, str]:
    """The strip that says what is kept."""
    if faulty:
        return {"state": "wait", "word": _("not all of this is saved")}
    if opened.saved_at is None:
        return {"state": "todo", "word": _("nothing written yet")}
    return {"state": "done", "word": _("saved %(time)s") % {"time": moments.hour(opened.saved_at, pack.zone)}}


def spoken(answers: Answers, desk: Desk, reader: str, began_at: dt.datetime, at: dt.datetime) -> dict[str, Any]:
    """The sentences that fit now, in the caller's language, and the duty towards those under age."""
    pack, caller = desk.policy.pack, answers.language
    route = suggest(answers, began_at, desk.policy, on_call=desk.on_call, at=at)
    given = {"emergency": pack.emergency_phone, "duty": pack.duty.under if pack.duty else ""}
    fit = fitting(answers, route, pack.duty)
    named = caller and not words.no_code(caller)
    duty = phrases.sentences([Phrase.DUTY], caller, reader, given)[0]
    return {
        "sentences": phrases.sentences(fit, caller, reader, given),
        "unspoken": words.language_name(caller) if named and not words.spoken(caller) else "",
        "duty": {"under": pack.duty.under, "language": duty.language, "text": duty.quoted} if pack.duty else None,
    }


def _arrival(opened: Opened, at: dt.datetime, pack: Pack) -> dict[str, Any]:
    """What is shown once `come now` is taken: since when, and who has been told."""
    if opened.taken is None or opened.taken.option is not Option.COME_NOW:
        return {"arrival": None}
    return {
        "arrival": {"at": moments.hour(opened.taken.at, pack.zone)},
        "told": [told_line(told, at, pack) for told in opened.told],
    }
