"""What the desk's choices are called, in the language of whoever reads the page."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from poukama.centres.rules import Pack
from poukama.centres.words import SPOKEN
from poukama.doors.known import Asker, Door, Reason, Want
from poukama.helpline.answers import (
    ABROAD,
    ELSEWHERE,
    NOT_ASKED,
    SHIP,
    UNKNOWN,
    UNSAID,
    Channel,
    Fault,
    Hurt,
    SafeContact,
    SafeNow,
    Said,
    When,
)
from poukama.helpline.rules import ArrivalState, Means, Option, Outcome, Reached, Refusal
from poukama.staff import languages

Labels = Mapping[StrEnum, Promise]

_YES, _NO = pgettext_lazy("answer", "yes"), pgettext_lazy("answer", "no")
_UNKNOWN = pgettext_lazy("answer", "not known")
_UNSAID = pgettext_lazy("answer", "not said")
_NOT_ASKED = pgettext_lazy("answer", "not asked")
# The three that are neither yes nor no stand last, in the same order, in every question.
SAID: Labels = {
    Said.YES: _YES,
    Said.NO: _NO,
    Said.UNKNOWN: _UNKNOWN,
    Said.UNSAID: _UNSAID,
    Said.NOT_ASKED: _NOT_ASKED,
}
SAFE_NOW: Labels = {
    SafeNow.YES: _YES,
    SafeNow.NO: _NO,
    SafeNow.CANNOT_TALK: pgettext_lazy("answer", "cannot talk"),
    SafeNow.UNKNOWN: _UNKNOWN,
    SafeNow.UNSAID: _UNSAID,
    SafeNow.NOT_ASKED: _NOT_ASKED,
}
HURT: Labels = {
    Hurt.AT_ONCE: pgettext_lazy("answer", "help at once"),
    Hurt.YES: _YES,
    Hurt.NO: _NO,
    Hurt.UNKNOWN: _UNKNOWN,
    Hurt.UNSAID: _UNSAID,
    Hurt.NOT_ASKED: _NOT_ASKED,
}
WHEN: Labels = {
    When.NOT_ASKED: _NOT_ASKED,
    When.HOURS_3: _("under 3 h ago"),
    When.HOURS_6: _("3–6 h ago"),
    When.HOURS_12: _("6–12 h ago"),
    When.HOURS_24: _("12–24 h ago"),
    When.DAYS_2: _("1–2 days ago"),
    When.DAYS_3: _("2–3 days ago"),
    When.DAYS_5: _("3–5 days ago"),
    When.DAYS_7: _("5–7 days ago"),
    When.MONTH: _("over a week, at most a month ago"),
    When.LONGER: _("over a month ago"),
    When.UNKNOWN: _UNKNOWN,
    When.UNSAID: _UNSAID,
}
ASKER: Labels = {
    Asker.UNKNOWN: _UNKNOWN,
    Asker.SELF: pgettext_lazy("caller", "for themselves"),
    Asker.CLOSE_PERSON: pgettext_lazy("caller", "somebody close"),
    Asker.PROFESSIONAL: pgettext_lazy("caller", "a professional"),
}
WANT: Labels = {
    Want.CARE: pgettext_lazy("wants", "care"),
    Want.SAMPLES: pgettext_lazy("wants", "samples"),
    Want.TALK: pgettext_lazy("wants", "to talk"),
    Want.INFORMATION: pgettext_lazy("wants", "information"),
    Want.POLICE: pgettext_lazy("wants", "the police"),
}
SAFE_CONTACT: Labels = {
    SafeContact.NO: pgettext_lazy("safe contact", "no contact"),
    SafeContact.CALL: pgettext_lazy("safe contact", "call"),
    SafeContact.MESSAGE: pgettext_lazy("safe contact", "text message"),
    SafeContact.CLOSE_PERSON: pgettext_lazy("safe contact", "through somebody close"),
}
CHANNEL: Labels = {
    Channel.PHONE: pgettext_lazy("channel", "call"),
    Channel.CHAT: pgettext_lazy("channel", "chat"),
    Channel.MESSAGE: pgettext_lazy("channel", "message"),
    Channel.IN_PERSON: pgettext_lazy("channel", "at the door"),
}
CHANNEL_TITLE: Labels = {
    Channel.PHONE: pgettext_lazy("title", "Call"),
    Channel.CHAT: pgettext_lazy("title", "Chat"),
    Channel.MESSAGE: pgettext_lazy("title", "Message"),
    Channel.IN_PERSON: pgettext_lazy("title", "At the door"),
}
MEANS: Labels = {
    Means.PHONE: pgettext_lazy("told", "by telephone"),
    Means.MESSAGE: pgettext_lazy("told", "by message"),
    Means.IN_PERSON: pgettext_lazy("told", "in person"),
}
ARRIVAL: Labels = {
    ArrivalState.EXPECTED: pgettext_lazy("arrival", "Expected"),
    ArrivalState.MET: pgettext_lazy("arrival", "Has arrived"),
    ArrivalState.DID_NOT_COME: pgettext_lazy("arrival", "Did not come"),
    ArrivalState.WITHDRAWN: pgettext_lazy("arrival", "Does not come after all"),
}
OPTION: Labels = {
    Option.COME_NOW: pgettext_lazy("option", "Come now"),
    Option.APPOINTMENT: pgettext_lazy("option", "An appointment"),
    Option.CALL_BACK: pgettext_lazy("option", "Call back"),
    Option.OTHER_SERVICE: pgettext_lazy("option", "Another service"),
    Option.INFORMATION: pgettext_lazy("option", "Talk or information"),
}
OUTCOME: Labels = {
    Outcome.NONE: pgettext_lazy("outcome", "no door"),
    Outcome.COME_NOW: pgettext_lazy("outcome", "comes now"),
    Outcome.APPOINTMENT: pgettext_lazy("outcome", "appointment"),
    Outcome.CALL_BACK: pgettext_lazy("outcome", "call back"),
    Outcome.OTHER_SERVICE: pgettext_lazy("outcome", "another service"),
    Outcome.INFORMATION: pgettext_lazy("outcome", "talk or information"),
    Outcome.EMPTY: pgettext_lazy("outcome", "silent or wrong number"),
    Outcome.UNANSWERED: pgettext_lazy("outcome", "not answered"),
}
REACHED: Labels = {
    Reached.REACHED: pgettext_lazy("call back", "Reached"),
    Reached.NO_ANSWER: pgettext_lazy("call back", "No answer"),
    Reached.WITHDRAWN: pgettext_lazy("call back", "Does not want a call"),
}
DOOR: Labels = {
    Door.EMERGENCY: _("call the emergency number"),
    Door.CHILDREN: _("the children's emergency clinic"),
    Door.MEDICAL_NOW: _("a doctor now"),
    Door.LATER_SERVICES: _("services for later"),
    Door.OTHER_CENTRE: _("another centre"),
    Door.HELPLINE: _("talk on the helpline"),
    Door.CENTRE_NOW: _("come now"),
    Door.ON_CALL_NOW: _("come now, by way of those on call"),
    Door.CENTRE_NEXT: _("come at the next opening"),
}
REASON: Labels = {
    Reason.DANGER: _("is in danger now"),
    Reason.EMERGENCY_SIGN: _("needs help this minute"),
    Reason.UNDER_AGE: _("is younger than the centre receives"),
    Reason.NEEDS_REFERRAL: _("may come with a referral"),
    Reason.MEDICAL_SIGN: _("a sign that a doctor looks at first"),
    Reason.WINDOW_PAST: _("longer ago than the centre's time"),
    Reason.OUTSIDE_AREA: _("outside the centre's area"),
    Reason.PERHAPS_UNDER_AGE: _("may be younger than the centre receives"),
    Reason.OPEN_NOW: _("the centre is open"),
    Reason.OPEN_ALWAYS: _("the centre is open at all hours"),
    Reason.TALK_AT_NIGHT: _("wants to talk, and the centre is closed"),
    Reason.ACUTE_AT_NIGHT: _("cannot wait for the morning"),
    Reason.NEXT_OPENING: _("can wait for the opening"),
}
# The ten rules by the names in the trace, as they are asked.
TRACE: Mapping[str, Promise] = {
    "danger": _("in danger, or needing help this minute?"),
    "too_young": _("surely too young for the centre?"),
    "needs_a_doctor": _("a sign for a doctor?"),
    "too_late": _("longer ago than the centre's time?"),
    "elsewhere": _("outside the area?"),
    "perhaps_too_young": _("perhaps too young for the centre?"),
    "open_now": _("open now?"),
    "talk_at_night": _("closed, and wants only to talk?"),
    "acute_at_night": _("closed, and cannot wait?"),
    "next_opening": _("otherwise the next opening"),
}
FAULT: Labels = {
    Fault.NO_CHOICE: _("Choose one of those shown."),
    Fault.TOO_LONG: _("This is too long to keep. Shorten it; what you typed is still here."),
    Fault.NO_TIME: _("Write the time as 2:31, or leave it empty."),
    Fault.ONLY_IF_SAFE: _("Kept only if there is a safe way to reach the caller. Choose the way first."),
}
REFUSAL: Mapping[StrEnum, Promise] = {
    Refusal.PEN: _("%(who)s writes this contact now. You can take it over; what you typed is still here."),
    Refusal.OTHER_WINDOW: _("This contact is open in another window of yours, which writes it now."),
    Refusal.ENDED: _("This contact has ended. What you typed is still here, so you can copy it."),
    Refusal.NOT_SAFE: _("Ask first in what way it is safe to call back."),
    Refusal.NO_NUMBER: _("Write the number that the caller gave you to call back."),
    Refusal.NOT_HERE: _("That person does not take calls at this centre now."),
    Refusal.TIMES: _("Check the times: it began before it ended, and both are over."),
    Refusal.IN_PROGRESS: _("%(who)s still writes this contact. It is ended first, so that nothing typed is lost."),
    Refusal.ATTACHED: _("This contact is attached to a case already. What you typed is still here."),
    Refusal.UNREADABLE: _("The words of this contact cannot be opened now, so it was not moved. Nothing is lost."),
}
OUTCOME_NONE = OUTCOME[Outcome.NONE]
# The roles that somebody on call may have.
DUTIES: Mapping[str, Promise] = {
    "doctor": pgettext_lazy("duty", "Doctor"),
    "midwife": pgettext_lazy("duty", "Midwife"),
    "midwife_coordinator": pgettext_lazy("duty", "Midwife-coordinator"),
    "social_worker": pgettext_lazy("duty", "Social worker"),
    "psychologist": pgettext_lazy("duty", "Psychologist"),
    "chaplain": pgettext_lazy("duty", "Chaplain"),
    "interpreter": pgettext_lazy("duty", "Interpreter"),
    "emergency_clinic": pgettext_lazy("duty", "Emergency clinic"),
}
OFTEN = languages.OFTEN


def language_name(code: str) -> str:
    """What a language is called, or that none is known."""
    return str(_NO_BAND[code]) if code in _NO_BAND else languages.language_name(code)


def age_word(band: str) -> str:
    """A band of ages in a word: `13–15`, `18+`, `under 13`, or that it is not known."""
    if band in _NO_BAND:
        return str(_NO_BAND[band])
    least, _dash, most = band.partition("-")
    if not most:
        return f"{least}+"
    if least == "0":
        return gettext("under %(age)s") % {"age": int(most) + 1}
    return f"{least}–{most}"


def place_word(code: str, pack: Pack, language: str) -> str:
    """What a place to choose is called, in the pack's own words where it has a name."""
    if code in _NO_BAND:
        return str(_NO_BAND[code])
    beyond = {ELSEWHERE: gettext("elsewhere"), SHIP: gettext("on a ship"), ABROAD: gettext("abroad")}
    return beyond.get(code) or said_in(pack, language).get(f"municipalities.{code}") or code.capitalize()


def said_in(pack: Pack, language: str) -> Mapping[str, str]:
    """The pack's words in a language, or in its first where it lacks that one."""
    words = pack.words.get(language) or pack.words[pack.languages[0]]
    return words.texts


def no_code(text: str) -> bool:
    """Whether this says only that nothing was chosen."""
    return text in _NO_BAND


def spoken(language: str) -> bool:
    """Whether we have sentences in this language."""
    return language in SPOKEN


_NO_BAND = {NOT_ASKED: _NOT_ASKED, UNKNOWN: _UNKNOWN, UNSAID: _UNSAID}
