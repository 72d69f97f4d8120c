"""What a pressed button does, whether it came with the whole form or alone from a script."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from poukama.cases import access as cases
from poukama.cases.rules import Ref as CaseRef
from poukama.cases.rules import Refused as CaseRefused
from poukama.cases.shown import Row
from poukama.cases.words import REFUSAL as CASE_REFUSAL
from poukama.centres.rules import Pack
from poukama.gate.rules import Actor, Permission
from poukama.helpline import actions, forms, page, words
from poukama.helpline.arrival import Reception
from poukama.helpline.forms import Pressed
from poukama.helpline.rules import Ref, Refusal, Refused
from poukama.roster.access import is_on
from poukama.staff.access import who_may

ENDS = frozenset({"end", "empty", "pass"})


def press(ref: Ref, pressed: Pressed, pack: Pack, *, by: Actor, at: dt.datetime) -> None:
    """Do what the button says; one that there is not does nothing. Raises Refused."""
    key = pressed.key
    match pressed.verb:
        case "door" if option := forms.option_of(pressed.about):
            actions.take_door(ref, option=option, due=pressed.due(at, pack), key=key, by=by, at=at)
        case "call_back":
            due = pressed.due(at, pack)
            actions.call_back(ref, changes=pressed.changes, due=due, key=key, by=by, at=at)
        case "told" if pressed.about in words.DUTIES:
            actions.tell(ref, duty=pressed.about, told=pressed.told(at, pack), key=key, by=by, at=at)
        case "take":
            actions.take_pen(ref, writer=pressed.writer, key=key, by=by, at=at)
        case "pass":
            _pass_on(ref, pressed, by=by, at=at)
        case "end":
            actions.end(ref, ended=forms.moment_of(pressed.post.get("ended")), key=key, by=by, at=at)
        case "empty":
            actions.hang_up(ref, ended=forms.moment_of(pressed.post.get("ended")), key=key, by=by, at=at)


def _pass_on(ref: Ref, pressed: Pressed, *, by: Actor, at: dt.datetime) -> None:
    """To somebody who takes calls at this centre now."""
    chosen = pressed.post.get("to", "")
    members = (each for each in who_may(Permission.CONTACT_KEEP, ref, at) if str(each.pk) == chosen)
    to = next(members, None)
    if to is None:
        raise Refused(Refusal.NOT_HERE)
    actions.pass_on(ref, to=to, key=pressed.key, by=by, at=at)


def looked_for(centre: Any, text: str, *, by: Actor, at: dt.datetime) -> tuple[Row, ...]:
    """The cases that a text finds, the least of each."""
    return cases.search(centre, text, by=by, at=at, on_duty=is_on(centre, by=by, at=at)).rows


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was pressed: they are here in a case, or what they told goes into one, or a new one is opened."""

    verb: str
    case: UUID | None
    contact: Ref | None
    centre: Any
    pack: Pack


def receive(now: Reception, chosen: Chosen, *, by: Actor, at: dt.datetime) -> UUID | None:
    """The case into which they are received; None where something is to be mended first, which the form says."""
    coming = now.coming(case=chosen.case if chosen.verb == "here" else None, pack=chosen.pack, at=at)
    if coming is None:
        return None
    centre = chosen.centre
    try:
        if chosen.verb == "attach" and chosen.case and chosen.contact:
            on_duty = is_on(centre, by=by, at=at)
            entered = cases.enter(CaseRef(centre.pk, chosen.case), by=by, at=at, on_duty=on_duty)
            actions.attach(chosen.contact, entered=entered, by=by, at=at)
            return chosen.case
        return actions.receive(centre, coming=coming, key=now.key, by=by, at=at).pk
    except Refused as refused:
        now.form.add_error(None, page.refusal(refused).title)
    except CaseRefused as refused:
        now.form.add_error(None, str(CASE_REFUSAL[refused.refusal]))
    return None
