"""What a pressed button does, whether it came with the whole form or alone from a script."""

import datetime as dt

from poukama.centres.rules import Pack
from poukama.gate.rules import Actor, Permission
from poukama.helpline import actions, forms, words
from poukama.helpline.forms import Pressed
from poukama.helpline.rules import Ref, Refusal, Refused
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
