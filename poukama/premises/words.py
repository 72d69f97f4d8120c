"""Rooms, lots, skills and mishaps in words."""

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from poukama.premises.rules import Cleaning, Kind, Outcome, Skill, State, Step, Supply, Unfit, Verb, Visitor

VERB: Mapping[Verb, Promise] = {
    Verb.CLEANED: pgettext_lazy("room", "cleaned"),
    Verb.ENTERED: pgettext_lazy("room", "somebody entered"),
    Verb.TAKEN: pgettext_lazy("room", "taken into use"),
    Verb.LEFT: pgettext_lazy("room", "left, to be cleaned"),
    Verb.LOCKED: pgettext_lazy("room", "locked, not to be used"),
    Verb.UNLOCKED: pgettext_lazy("room", "unlocked, to be cleaned"),
    Verb.SWABBED: pgettext_lazy("room", "surfaces tested"),
}
OUTCOME: Mapping[Verb, Mapping[Outcome, Promise]] = {
    Verb.CLEANED: {
        Outcome.PASSED: pgettext_lazy("room", "released and sealed"),
        Outcome.FAILED: pgettext_lazy("room", "not released"),
    },
    Verb.SWABBED: {
        Outcome.PASSED: pgettext_lazy("room", "nothing found"),
        Outcome.FAILED: pgettext_lazy("room", "DNA found"),
    },
}
# The shape and the word of a state.
STATE: Mapping[State, tuple[str, Promise]] = {
    State.UNKNOWN: ("todo", pgettext_lazy("room", "not known")),
    State.READY: ("open", pgettext_lazy("room", "clean and sealed")),
    State.IN_USE: ("wait", pgettext_lazy("room", "in use")),
    State.TO_CLEAN: ("wait", pgettext_lazy("room", "to be cleaned")),
    State.LOCKED: ("past", pgettext_lazy("room", "locked")),
}
VISITOR: Mapping[Visitor, Promise] = {
    Visitor.CLIENT: pgettext_lazy("room", "client"),
    Visitor.COMPANION: pgettext_lazy("room", "companion"),
    Visitor.INTERPRETER: pgettext_lazy("room", "interpreter"),
    Visitor.POLICE: pgettext_lazy("room", "police"),
    Visitor.CLEANER: pgettext_lazy("room", "cleaner"),
    Visitor.TECHNICIAN: pgettext_lazy("room", "technician"),
    Visitor.OTHER: pgettext_lazy("room", "somebody else"),
}
SUPPLY: Mapping[Supply, Promise] = {
    Supply.GLOVES: gettext_lazy("Gloves"),
    Supply.SWABS: gettext_lazy("Swabs"),
    Supply.WATER: gettext_lazy("Sterile water"),
    Supply.TUBES: gettext_lazy("Tubes"),
    Supply.BAGS: gettext_lazy("Paper bags and envelopes"),
    Supply.REAGENT: gettext_lazy("Cleaning agent"),
    Supply.OTHER: gettext_lazy("Other supplies"),
}
SKILL: Mapping[Skill, Promise] = {
    Skill.EXAMINATION: gettext_lazy("Examination"),
    Skill.SAMPLING: gettext_lazy("Taking samples"),
    Skill.PHOTOGRAPHS: gettext_lazy("Photographs"),
    Skill.CLEANING: gettext_lazy("Cleaning of the rooms"),
    Skill.ELIMINATION_LIST: gettext_lazy("On the elimination list"),
}
KIND: Mapping[Kind, Promise] = {
    Kind.CONTAMINATION: gettext_lazy("Contamination"),
    Kind.MIX_UP: gettext_lazy("Mix-up of samples or labels"),
    Kind.SEAL: gettext_lazy("Seal"),
    Kind.TEMPERATURE: gettext_lazy("Temperature"),
    Kind.EQUIPMENT: gettext_lazy("Equipment"),
    Kind.SUPPLY: gettext_lazy("Supplies"),
    Kind.INJURY: gettext_lazy("Injury at work"),
    Kind.OTHER: gettext_lazy("Something else"),
}
STEP: Mapping[Step, Promise] = {
    Step.WRITTEN: pgettext_lazy("mishap", "written down"),
    Step.ADDED: pgettext_lazy("mishap", "added"),
    Step.CLOSED: pgettext_lazy("mishap", "closed"),
}
UNFIT: Mapping[Unfit, Promise] = {
    Unfit.UNKNOWN_ROOM: gettext_lazy("Choose one of the centre's rooms."),
    Unfit.NOT_CLEANING: gettext_lazy("Only a cleaning has an agent and passes."),
    Unfit.NO_REAGENT: gettext_lazy("Write what the room was cleaned with."),
    Unfit.NO_LOT: gettext_lazy("Write the lot of the cleaning agent; it is on the container."),
    Unfit.PASSES: gettext_lazy("Write how many times every surface was wiped, from 1 to 20."),
    Unfit.CONTACT: gettext_lazy("Write for how many seconds the surfaces stayed wet, at most two hours."),
    Unfit.NO_OUTCOME: gettext_lazy("Choose how it came out."),
    Unfit.TO_COME: gettext_lazy("This is still to come."),
    Unfit.EXPIRES_FIRST: gettext_lazy("The last day is before the first."),
    Unfit.ENDED: gettext_lazy("This mishap is closed. Write a new one if something is left."),
    Unfit.NO_EXPIRY: gettext_lazy("Write until when it holds."),
    Unfit.NO_WORDS: gettext_lazy("Write what happened."),
}


def cleaning_words(cleaning: Cleaning) -> str:
    """A cleaning in a line: with what, of which lot, how often, and for how long it stayed wet."""
    seconds = round(cleaning.contact / dt.timedelta(seconds=1))
    return _("%(reagent)s, lot %(lot)s, passes: %(passes)s, wet for %(seconds)s s") % {
        "reagent": cleaning.reagent,
        "lot": cleaning.lot,
        "passes": cleaning.passes,
        "seconds": seconds,
    }
