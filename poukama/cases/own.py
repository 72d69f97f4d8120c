"""What the client has said of themselves, in words: who they are, the ways to them, wishes, who is close to them.

A thing is called here as the form calls it that asks for it.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import pgettext_lazy

from poukama.cases.page import Here, age_words
from poukama.cases.walls import Reach, Section
from poukama.clients import words
from poukama.clients.forms import PersonForm, WhereaboutsForm, WishForm
from poukama.clients.identity import Gender, IdentifierKind
from poukama.clients.kept import Hide
from poukama.clients.masks import HIDDEN
from poukama.clients.reach import Channel, Closed, Way, closed_at
from poukama.clients.rules import ClosePerson, Examiner, Guardians, Relation, Wish
from poukama.clients.shown import Record
from poukama.clients.weekly import hours_words
from poukama.gate.rules import Permission
from poukama.staff import moments
from poukama.staff.languages import language_name

_AGE = pgettext_lazy("age", "Age")


def own_part(record: Record, here: Here, names: Mapping[int, str], hide: Hide) -> dict[str, Any]:
    """The client's own part of a record, as far as the walls let whoever is here; what they hide is not in it.

    `hide` hides of a text where a protected client is.
    """
    may = here.by.may(Permission.CLIENT_WRITE, centre=here.case.centre_id)
    ways = [_way(way, here, hide, shielded=record.head.identity.shielded) for way in record.head.ways]
    found: dict[str, Any] = {
        "who": list(_who(record)),
        "whereabouts": list(_whereabouts(record)),
        "shielded": record.head.identity.shielded,
        "ways": [way for way in ways if not way["over"]],
        "closed_ways": [way for way in ways if way["over"]],
        "wishes": [{**row, "words": hide(row["words"])} for row in _wishes(record)],
        "guardians": "" if record.guardians is Guardians.NOT_ASKED else words.GUARDIANS[record.guardians],
        "close_people": [_close(each, hide) for each in record.close_people],
        "shut_out": sorted(names.get(number, "") for number in record.shut_out),
        "joins": here.by.may(Permission.RECORDS_JOIN, centre=here.case.centre_id) and here.writes(Section.IDENTITY),
        "edits": may and here.writes(Section.IDENTITY),
        "closes": may and here.reach(Section.IDENTITY) >= Reach.WRITES,
        "moves": here.writes(Section.IDENTITY) and here.by.may(Permission.WHEREABOUTS_READ, centre=here.case.centre_id),
    }
    if here.reads(Section.STORY):
        answer = "" if record.told.relation is Relation.NOT_ASKED else words.RELATIONS[record.told.relation]
        found["relation"] = {"said": answer, "words": hide(record.told.own_words)}
        found["relation_edits"] = may and here.writes(Section.STORY)
    return found


def _rows(form: Any, said: Iterable[tuple[str, Any, str]]) -> Iterable[dict[str, Any]]:
    """Each thing by its name, with the answer and the words, both empty where nothing was said."""
    for name, answer, text in said:
        yield {"label": form.base_fields[name].label, "said": answer, "words": text}


def _who(record: Record) -> Iterable[dict[str, Any]]:
    identity = record.head.identity
    kind = words.IDENTIFIERS[identity.kind] if identity.kind is not IdentifierKind.NONE else ""
    gender = "" if identity.gender is Gender.NOT_ASKED else words.GENDERS[identity.gender]
    yield from _rows(PersonForm, [("called", identity.called, ""), ("name", identity.name, "")])
    yield from _rows(PersonForm, [("born", f"{identity.born:%-d.%-m.%Y}" if identity.born else "", "")])
    yield {"label": _AGE, "said": age_words(record.head.age), "words": ""}
    yield from _rows(
        PersonForm,
        [
            ("kind", kind, identity.identifier),
            ("gender", "" if identity.gender is Gender.OWN_WORDS else gender, identity.gender_words),
            ("language", language_name(identity.language) if identity.language else "", ""),
        ],
    )


def _whereabouts(record: Record) -> Iterable[dict[str, Any]]:
    identity = record.head.identity
    said = [("address", identity.address), ("municipality", identity.municipality), ("gives_away", identity.gives_away)]
    yield from _rows(WhereaboutsForm, [(name, text, "") for name, text in said])


def _wishes(record: Record) -> Iterable[dict[str, Any]]:
    wishes = record.wishes
    examiner = "" if wishes.examiner in (Examiner.NOT_ASKED, Examiner.OWN_WORDS) else words.EXAMINERS[wishes.examiner]
    language = language_name(wishes.interpreter_language) if wishes.interpreter_language else ""
    yield from _rows(
        WishForm,
        [
            ("examiner", examiner, wishes.examiner_words),
            ("interpreter", _wish(wishes.interpreter), language),
            ("support_person", _wish(wishes.support_person), wishes.support_words),
            ("avoid", "", wishes.avoid),
            ("breaks", "", wishes.breaks),
            ("other", "", wishes.other),
        ],
    )


def _wish(wish: Wish) -> words.Words:
    return "" if wish is Wish.NOT_ASKED else words.WISHES[wish]


def _close(each: ClosePerson, hide: Hide) -> dict[str, Any]:
    return {
        "key": each.key,
        "closeness": words.CLOSENESS[each.closeness],
        "name": hide(each.name),
        "number": hide(each.number),
        "knows": hide(each.knows),
        "support": words.SUPPORT[each.support],
        "support_words": hide(each.support_words),
    }


# ── Ways ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _way(way: Way, here: Here, hide: Hide, *, shielded: bool) -> dict[str, Any]:
    """A way in words, and why nothing may go by it now, if so; outside its hours it stands open all the same."""
    closed = closed_at(way, here.at)
    return {
        "key": way.key,
        "form_key": uuid4(),
        "channel": words.CHANNELS[way.channel],
        # A number is there to be dialled; where letters go is where somebody lives.
        "address": HIDDEN if shielded and way.channel is Channel.LETTER else way.address,
        "hours": hours_words(way.hours.expression),
        "voicemail": way.voicemail,
        "answering": words.ANSWERING[way.answering],
        "who_answers": hide(way.who_answers),
        "name_we_say": hide(way.name_we_say),
        "code_word": hide(way.code_word),
        "last_day": moments.last_day(way.expires, here.zone) if way.expires else "",
        "closed": words.CLOSED[closed] if closed else "",
        "over": closed in (Closed.CLOSED, Closed.EXPIRED),
    }
