"""What is said of notices: means, steps and refusals."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from poukama.clients.consents import Recipient
from poukama.clients.words import RECIPIENTS
from poukama.legal.rules import How, Means, Refusal

Labels = Mapping[StrEnum, Promise]

HOW: Labels = {
    How.IN_PERSON: pgettext_lazy("how told", "face to face"),
    How.BY_PHONE: pgettext_lazy("how told", "by telephone"),
    How.WITH_INTERPRETER: pgettext_lazy("how told", "through an interpreter"),
    How.IN_WRITING: pgettext_lazy("how told", "in writing"),
}
MEANS: Labels = {
    Means.PHONE: pgettext_lazy("how sent", "by telephone"),
    Means.LETTER: pgettext_lazy("how sent", "by letter"),
    Means.SECURE_MAIL: pgettext_lazy("how sent", "by secure mail"),
    Means.ONLINE_FORM: pgettext_lazy("how sent", "by the recipient's online form"),
    Means.IN_PERSON: pgettext_lazy("how sent", "in person"),
}
REFUSAL: Labels = {
    Refusal.SENT: _("This notice has been sent. It stays as it is; write another to add to it."),
    Refusal.NOT_WRITTEN: _("Write first to whom exactly, and what you tell them."),
    Refusal.ELSEWHERE: _("Somebody saved this notice meanwhile. Nothing was written over: both texts are here."),
    Refusal.NO_GROUND: _("There is no legal ground for this yet. Name it first."),
    Refusal.TIMES: _("This time is still to come."),
}


def recipient_name(name: str) -> str:
    """The word for a recipient; one that we have no word for is said as the centre's pack calls it.

    >>> recipient_name("harbour_master")
    'Harbour master'
    """
    return str(RECIPIENTS[Recipient(name)]) if name in set(Recipient) else name.replace("_", " ").capitalize()
