"""What the topics of a telling, their answers and codes are called, in the language of whoever reads the page."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from poukama.cases.told import Said, Telling, Topic, Unfit, read_time
from poukama.protocols.rules import Interval
from poukama.roster.rules import Span
from poukama.roster.words import span_words
from poukama.staff import moments

TOPIC: Mapping[Topic, Promise] = {
    Topic.ASKER: pgettext_lazy("topic", "Who made contact"),
    Topic.COMPANION: pgettext_lazy("topic", "With them"),
    Topic.RECORD_SEEN_BY: pgettext_lazy("topic", "Who could open their records"),
    Topic.TIME: pgettext_lazy("topic", "When it happened"),
    Topic.PLACE: pgettext_lazy("topic", "Where it happened"),
    Topic.MUNICIPALITY: pgettext_lazy("topic", "Municipality where it happened"),
    Topic.ACCOUNT: pgettext_lazy("topic", "In their own words"),
    Topic.THREATS: pgettext_lazy("topic", "Threats"),
    Topic.WANTS: pgettext_lazy("topic", "What they want"),
    Topic.SAFE_NOW: pgettext_lazy("topic", "Safe now"),
    Topic.SLEEPS_AT: pgettext_lazy("topic", "Where they sleep tonight"),
    Topic.WHO_KNOWS: pgettext_lazy("topic", "Who knows"),
    Topic.CHILDREN: pgettext_lazy("topic", "Children"),
    Topic.DEVICES: pgettext_lazy("topic", "Telephone and devices"),
    Topic.INJURIES: pgettext_lazy("topic", "Injuries"),
    Topic.NECK: pgettext_lazy("topic", "Pressure on the neck"),
    Topic.SIGNS: pgettext_lazy("topic", "Signs that need care at once"),
    Topic.SUICIDAL: pgettext_lazy("topic", "Thoughts of ending their life"),
    Topic.PREGNANT: pgettext_lazy("topic", "Pregnancy"),
    Topic.INFECTION: pgettext_lazy("topic", "Symptoms of infection"),
    Topic.ILLNESSES: pgettext_lazy("topic", "Illnesses"),
    Topic.MEDICINES: pgettext_lazy("topic", "Medicines"),
    Topic.ALLERGIES: pgettext_lazy("topic", "Allergies"),
    Topic.VACCINES: pgettext_lazy("topic", "Vaccinations"),
    Topic.CONTRACEPTION: pgettext_lazy("topic", "Contraception"),
    Topic.SLEEP_AND_FOOD: pgettext_lazy("topic", "Sleep and food"),
    Topic.SINCE_THEN: pgettext_lazy("topic", "Since then"),
    Topic.CLOTHES: pgettext_lazy("topic", "Clothes"),
    Topic.MEMORY: pgettext_lazy("topic", "Memory"),
    Topic.SUBSTANCES: pgettext_lazy("topic", "Alcohol, medicines, drugs"),
    Topic.HOUSING: pgettext_lazy("topic", "Housing"),
    Topic.LIVELIHOOD: pgettext_lazy("topic", "Livelihood"),
    Topic.POLICE_REPORT: pgettext_lazy("topic", "Report to the police"),
}
SAID: Mapping[Said, Promise] = {
    Said.TOLD: pgettext_lazy("answer", "told"),
    Said.YES: pgettext_lazy("answer", "yes"),
    Said.NO: pgettext_lazy("answer", "no"),
    Said.UNKNOWN: pgettext_lazy("answer", "does not know"),
    Said.UNSAID: pgettext_lazy("answer", "does not want to say"),
}
# The codes that a topic lists; one that only has a shape, as a time or a municipality, is shown by whoever knows it.
CODE: Mapping[str, Promise] = {
    "self": pgettext_lazy("told", "they themselves"),
    "close_person": pgettext_lazy("told", "somebody close"),
    "professional": pgettext_lazy("told", "a professional"),
    "alone": pgettext_lazy("told", "nobody, alone"),
    "sibling": pgettext_lazy("told", "a sister or brother"),
    "parent": pgettext_lazy("told", "a parent"),
    "child": pgettext_lazy("told", "a child"),
    "partner": pgettext_lazy("told", "a partner"),
    "relative": pgettext_lazy("told", "a relative"),
    "friend": pgettext_lazy("told", "a friend"),
    "guardian": pgettext_lazy("told", "a guardian"),
    "nobody": pgettext_lazy("told", "nobody"),
    "other": pgettext_lazy("told", "other"),
    "own_home": pgettext_lazy("told", "at their home"),
    "others_home": pgettext_lazy("told", "at the home of somebody else"),
    "outdoors": pgettext_lazy("told", "outdoors"),
    "public": pgettext_lazy("told", "in a public place"),
    "workplace": pgettext_lazy("told", "at work"),
    "school": pgettext_lazy("told", "at school"),
    "travelling": pgettext_lazy("told", "on the way or travelling"),
    "online": pgettext_lazy("told", "online"),
    "care": pgettext_lazy("told", "care"),
    "samples": pgettext_lazy("told", "samples"),
    "talk": pgettext_lazy("told", "to talk"),
    "information": pgettext_lazy("told", "information"),
    "police": pgettext_lazy("told", "the police"),
    "cannot_talk": pgettext_lazy("told", "cannot talk now"),
    "home": pgettext_lazy("told", "at home"),
    "shelter": pgettext_lazy("told", "at a shelter"),
    "hospital": pgettext_lazy("told", "in hospital"),
    "at_home": pgettext_lazy("told", "children at home"),
    "safe_elsewhere": pgettext_lazy("told", "children safe elsewhere"),
    "need_care": pgettext_lazy("told", "children need somebody now"),
    "shared_device": pgettext_lazy("told", "somebody else uses it too"),
    "followed": pgettext_lazy("told", "may be followed through it"),
    "at_once": pgettext_lazy("told", "needs help at once"),
    "breathing": pgettext_lazy("told", "trouble breathing"),
    "bleeding": pgettext_lazy("told", "heavy bleeding"),
    "confused": pgettext_lazy("told", "confused or faint"),
    "tetanus": pgettext_lazy("told", "tetanus"),
    "hepatitis_b": pgettext_lazy("told", "hepatitis B"),
    "washed_self": pgettext_lazy("told", "washed"),
    "brushed_teeth": pgettext_lazy("told", "brushed teeth"),
    "ate": pgettext_lazy("told", "ate"),
    "drank": pgettext_lazy("told", "drank"),
    "toilet": pgettext_lazy("told", "used the toilet"),
    "changed_clothes": pgettext_lazy("told", "changed clothes"),
    "wearing": pgettext_lazy("told", "wearing the same clothes"),
    "with_them": pgettext_lazy("told", "has the clothes with them"),
    "clothes_at_home": pgettext_lazy("told", "clothes are at home"),
    "washed_clothes": pgettext_lazy("told", "clothes have been washed"),
    "lost_clothes": pgettext_lazy("told", "clothes are gone"),
    "gaps": pgettext_lazy("told", "gaps in memory"),
    "alcohol": pgettext_lazy("told", "alcohol"),
    "took_medicines": pgettext_lazy("told", "medicines"),
    "drugs": pgettext_lazy("told", "drugs"),
    "perhaps_given": pgettext_lazy("told", "perhaps given something without knowing"),
    "own_housing": pgettext_lazy("told", "own home"),
    "shared_housing": pgettext_lazy("told", "shared home"),
    "temporary": pgettext_lazy("told", "temporary"),
    "no_home": pgettext_lazy("told", "no home"),
    "work": pgettext_lazy("told", "work"),
    "study": pgettext_lazy("told", "studies"),
    "benefits": pgettext_lazy("told", "benefits"),
    "no_income": pgettext_lazy("told", "no income"),
    "made": pgettext_lazy("told", "made"),
    "wanted": pgettext_lazy("told", "wants to make one"),
    "not_wanted": pgettext_lazy("told", "does not want to make one"),
    "undecided": pgettext_lazy("told", "not decided yet"),
}
UNFIT: Mapping[Unfit, Promise] = {
    Unfit.EMPTY: _("Choose an answer, or write what was told."),
    Unfit.CODE: _("This answer does not fit here. Choose one from the list, or write it in words."),
    Unfit.QUOTES_NOTHING: _("Write what the client said, or take the quotation mark away."),
    Unfit.TIME: _("This time cannot be right: it ends before it begins, or has not come yet."),
}


def answer_words(telling: Telling, zone: ZoneInfo, municipalities: Mapping[str, str]) -> str:
    """What was answered and chosen, without the words that were said with it; empty where there are only those."""
    said = [] if telling.said is Said.TOLD else [str(SAID[telling.said])]
    chosen = [_code_words(telling.topic, code, zone, municipalities) for code in sorted(telling.codes)]
    return ", ".join([*said, *chosen])


def _code_words(topic: Topic, code: str, zone: ZoneInfo, municipalities: Mapping[str, str]) -> str:
    if topic is Topic.TIME:
        return time_words(read_time(code), zone)
    if topic is Topic.MUNICIPALITY:
        return municipalities.get(code, code)
    return str(CODE[code])


def time_words(event: Interval, zone: ZoneInfo) -> str:
    """A time as it is known: a range, a moment, or one end of it."""
    earliest, latest = event.earliest, event.latest
    if earliest and latest and earliest < latest:
        return span_words(Span(earliest, latest), zone)
    if earliest and latest:
        return moments.day_and_hour(earliest, zone)
    if earliest:
        return pgettext("time", "%(moment)s or later") % {"moment": moments.day_and_hour(earliest, zone)}
    if latest:
        return pgettext("time", "%(moment)s or earlier") % {"moment": moments.day_and_hour(latest, zone)}
    return pgettext("time", "not known")
