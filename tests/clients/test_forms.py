"""Forms save with almost nothing in them, say beside the field what cannot be, and keep what was typed."""

import datetime as dt
from uuid import UUID

import pytest

from poukama.clients.consents import Answer, Capacity, Entry
from poukama.clients.forms import AnswerForm, IdentityForm, WayForm
from poukama.clients.identity import Gender, IdentifierKind, Identity
from poukama.clients.reach import Answering, Channel, Closed, closed_at
from poukama.doors.known import Age
from tests.clients.saying import HELSINKI, NOW, RELEASE, WORDING, make_entry, make_hetu
from tests.factories import at

TODAY = dt.date(2026, 11, 24)
CALL = {"channel": "call", "address": "040 000 0000"}
WEEKDAY = {"days": ["Mo", "Tu"], "begins": "9", "ends": "15.30"}


def identity_form(practice=False, **data):
    return IdentityForm(data, today=TODAY, practice=practice)


def test_an_empty_form_is_somebody_who_has_said_nothing():
    form = identity_form()
    assert form.is_valid()
    assert form.identity == Identity()


def test_what_was_said_of_who_they_are_is_read():
    form = identity_form(
        called=" Aino ",
        born="24.11.2009",
        age_least="16",
        age_most="17",
        kind="official",
        identifier=" 131052-308t ",
        code_from_client="on",
        gender="own_words",
        gender_words="hän",
        shielded="on",
    )
    assert form.is_valid(), form.errors
    assert form.identity == Identity(
        called="Aino",
        born=dt.date(2009, 11, 24),
        age=Age(16, 17),
        kind=IdentifierKind.OFFICIAL,
        identifier="131052-308T",
        code_from_client=True,
        gender=Gender.OWN_WORDS,
        gender_words="hän",
        shielded=True,
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"born": "31.2.2000"}, "born"),
        ({"born": "25.11.2026"}, "born"),
        ({"age_least": "18", "age_most": "17"}, "age_most"),
        ({"age_least": "-1"}, "age_least"),
        ({"kind": "passport"}, "kind"),
        ({"gender": "x"}, "gender"),
        ({"kind": "official", "identifier": "131052-308U"}, "identifier"),
        ({"kind": "official"}, "identifier"),
        ({"kind": "official", "identifier": make_hetu(), "practice": True}, "identifier"),
        ({"called": "a\0b"}, "called"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_is_kept(data, field):
    form = identity_form(**{"name": "Aino Virta", **data})
    assert list(form.errors) == [field]
    assert form["name"].value() == "Aino Virta"


def test_a_way_is_read_with_its_days_and_hours():
    form = WayForm({**CALL, **WEEKDAY, "voicemail": "on", "answering": "client", "code_word": "lokki"})
    assert form.is_valid(), form.errors
    way = form.way(UUID(int=1), HELSINKI, "FI", NOW)
    assert (way.channel, way.address, way.open, way.voicemail) == (Channel.CALL, "040 000 0000", True, True)
    assert (way.answering, way.code_word, way.expires) == (Answering.CLIENT, "lokki", None)
    open_at = {hour: closed_at(way, at(f"2026-11-{hour}")) is None for hour in ("24T08:59", "24T09:00", "24T15:30")}
    assert open_at == {"24T08:59": False, "24T09:00": True, "24T15:30": False}
    assert closed_at(way, at("2026-11-25T10:00")) is Closed.OUTSIDE_HOURS


def test_a_way_for_the_night_goes_over_midnight_and_one_may_be_open_always():
    night = WayForm({**CALL, "days": ["Mo"], "begins": "22:00", "ends": "06:00"})
    always = WayForm({**CALL, "any_hour": "on"})
    for form in (night, always):
        assert form.is_valid(), form.errors
        assert closed_at(form.way(UUID(int=1), HELSINKI, "FI", NOW), at("2026-11-24T03:00")) is None


def test_a_last_day_is_whole():
    form = WayForm({**CALL, "any_hour": "on", "expires": "24.11.2026"})
    assert form.is_valid()
    assert form.way(UUID(int=1), HELSINKI, "FI", NOW).expires == at("2026-11-25T00:00")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "days"),
        ({"days": ["Mo"], "begins": "9"}, "days"),
        ({"begins": "9", "ends": "15"}, "days"),
        ({**WEEKDAY, "ends": "9"}, "ends"),
        ({**WEEKDAY, "days": ["Xx"]}, "days"),
        ({**WEEKDAY, "address": " "}, "address"),
        ({**WEEKDAY, "channel": ""}, "channel"),
    ],
)
def test_a_way_is_not_open_by_itself(data, field):
    assert list(WayForm({**CALL, **data}).errors) == [field]


def test_an_answer_is_read_as_it_was_given():
    form = AnswerForm({"answer": "yes", "interpreter": "on", "ends": "24.11.2026", "own_words": "Joo"})
    assert form.is_valid()
    expected = make_entry(Answer.YES, interpreter=True, said_at=NOW, own_words="Joo", ends=at("2026-11-25T00:00"))
    assert form.entry(RELEASE, WORDING, HELSINKI, NOW) == expected


def test_no_answer_is_chosen_beforehand():
    assert AnswerForm()["answer"].value() is None
    assert list(AnswerForm({}).errors) == ["answer"]


def test_somebody_who_cannot_decide_now_says_no_or_not_now():
    refused = AnswerForm({"answer": "yes", "capacity": "not_now"})
    assert list(refused.errors) == ["answer"]
    taken = AnswerForm({"answer": "not_now", "capacity": "not_now"})
    assert taken.is_valid()
    entry: Entry = taken.entry(RELEASE, WORDING, HELSINKI, NOW)
    assert (entry.answer, entry.capacity) == (Answer.NOT_NOW, Capacity.NOT_NOW)
