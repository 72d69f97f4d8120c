"""Words for what a protocol holds: kinds, containers, storage, parts, lengths, and why a step is refused."""

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from poukama.protocols.approvals import Kind, Refusal, Verb
from poukama.protocols.retention import Retention
from poukama.protocols.sampling import Anatomy, Answered, Container, Irregular, Part, SampleKind, Storage

KINDS: Mapping[Kind, Promise] = {
    Kind.WINDOW: _("Time window"),
    Kind.SAMPLING: _("Sampling protocol"),
    Kind.RETENTION: _("Retention rule"),
}
VERBS: Mapping[Verb, Promise] = {
    Verb.APPROVED: pgettext_lazy("of a protocol", "approved"),
    Verb.TAKEN_BACK: pgettext_lazy("of a protocol", "taken back"),
}
SAMPLE_KINDS: Mapping[SampleKind, Promise] = {
    SampleKind.SWAB: pgettext_lazy("sample", "swab"),
    SampleKind.RINSE: pgettext_lazy("sample", "rinse"),
    SampleKind.LIQUID: pgettext_lazy("sample", "liquid"),
    SampleKind.CUTTING: pgettext_lazy("sample", "cutting"),
    SampleKind.TAPE: pgettext_lazy("sample", "tape"),
    SampleKind.GARMENT: pgettext_lazy("sample", "garment"),
    SampleKind.THING: pgettext_lazy("sample", "thing"),
}
STORAGES: Mapping[Storage, Promise] = {
    Storage.DRY: pgettext_lazy("storage", "dry"),
    Storage.FRIDGE: pgettext_lazy("storage", "fridge"),
    Storage.FREEZER: pgettext_lazy("storage", "freezer"),
}
CONTAINERS: Mapping[Container, Promise] = {
    Container.SWAB_TUBE: pgettext_lazy("container", "swab tube"),
    Container.SCREW_CAP_POT: pgettext_lazy("container", "pot with a screw cap"),
    Container.URINE_BOTTLE: pgettext_lazy("container", "urine bottle"),
    Container.BLOOD_TUBE: pgettext_lazy("container", "blood tube"),
    Container.PAPER_ENVELOPE: pgettext_lazy("container", "paper envelope"),
    Container.PAPER_BAG: pgettext_lazy("container", "paper bag"),
}
PARTS: Mapping[Part, Promise] = {
    Part.URINE: pgettext_lazy("part of the body", "urine"),
    Part.BLOOD: pgettext_lazy("part of the body", "blood"),
    Part.MOUTH: pgettext_lazy("part of the body", "mouth"),
    Part.SKIN: pgettext_lazy("part of the body", "skin"),
    Part.NAILS: pgettext_lazy("part of the body", "nails"),
    Part.HAIR: pgettext_lazy("part of the body", "hair"),
    Part.EXTERNAL: pgettext_lazy("part of the body", "external genitals"),
    Part.INTERNAL: pgettext_lazy("part of the body", "internal genitals"),
    Part.ANAL: pgettext_lazy("part of the body", "anal area"),
    Part.CLOTHES: pgettext_lazy("part of the body", "clothes"),
}
ANATOMIES: Mapping[Anatomy, Promise] = {
    Anatomy.VULVA: pgettext_lazy("anatomy", "vulva"),
    Anatomy.VAGINA: pgettext_lazy("anatomy", "vagina"),
    Anatomy.CERVIX: pgettext_lazy("anatomy", "cervix"),
    Anatomy.PENIS: pgettext_lazy("anatomy", "penis"),
}
IRREGULARS: Mapping[Irregular, Promise] = {
    Irregular.DUPLICATE_SEAL: _("A seal number that has been used"),
    Irregular.USED_KIT: _("A kit that has been used"),
    Irregular.EXPIRED_LOT: _("A lot that has expired"),
}
ANSWERED: Mapping[Answered, Promise] = {
    Answered.REFUSE: _("refused"),
    Answered.RECORD: _("recorded as a deviation, with a reason"),
}
REFUSALS: Mapping[Refusal, Promise] = {
    Refusal.CHANGED: _("The centre's pack has changed meanwhile. Read it again before you approve it."),
    Refusal.NOT_APPROVED: _("Nobody answers for this now, so there is nothing to take back."),
    Refusal.PAST: _("An approval holds from today at the earliest."),
}


def length_words(length: dt.timedelta) -> str:
    """How long a window is: whole days from a week on, else hours."""
    hours = round(length / dt.timedelta(hours=1))
    if hours % 24 == 0 and hours >= 7 * 24:
        return _days(hours // 24)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def retention_words(rule: Retention) -> str:
    """How long a rule keeps."""
    if rule.months is None:
        return _days(rule.days or 0)
    return ngettext("%(count)s month", "%(count)s months", rule.months) % {"count": rule.months}


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
