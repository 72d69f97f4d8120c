"""Forms save with almost nothing in them, say beside the field what cannot be, and keep what was typed."""

import datetime as dt
import re
from uuid import UUID, uuid4

import pytest

from poukama.clients.forms import (
    ClosePersonForm,
    GuardianForm,
    PersonForm,
    RelationForm,
    ShutOutForm,
    WayForm,
    WhereaboutsForm,
    WishForm,
)
from poukama.clients.identity import Gender, IdentifierKind, Identity
from poukama.clients.reach import Answering, Channel, Closed, closed_at
from poukama.clients.rules import Closeness, ClosePerson, Examiner, Guardians, Relation, Support, Told, Wish
from poukama.doors.known import Age
from tests.clients.saying import HELSINKI, NOW, make_hetu, make_way
from tests.factories import at

TODAY = dt.date(2026, 11, 24)
KEY = {"key": str(uuid4())}
CALL = {"channel": "call", "address": "040 000 0000", **KEY}
WEEKDAY = {"days": ["Mo", "Tu"], "begins": "9", "ends": "15.30"}


# What stood in the form of somebody who has said nothing.
NOTHING = {"initial-called": "", "initial-name": "", "initial-kind": "none", "initial-gender": "not_asked"}


def person_form(practice=False, **data):
    return PersonForm({**NOTHING, **KEY, **data}, today=TODAY, practice=practice, languages=("fi", "sv"))


def test_an_empty_form_changes_nothing():
    form = person_form(kind="none", gender="not_asked")
    assert form.is_valid()
    assert form.said() == {}


def test_what_was_said_of_who_they_are_is_read():
    form = person_form(
        called=" Aino ",
        born="24.11.2009",
        age_least="16",
        age_most="17",
        kind="official",
        identifier=" 131052-308t ",
        code_from_client="on",
        gender="own_words",
        gender_words="hän",
        language="sv",
    )
    assert form.is_valid(), form.errors
    assert form.said() == {
        "called": "Aino",
        "born": dt.date(2009, 11, 24),
        "age": Age(16, 17),
        "kind": IdentifierKind.OFFICIAL,
        "identifier": "131052-308T",
        "code_from_client": True,
        "gender": Gender.OWN_WORDS,
        "gender_words": "hän",
        "language": "sv",
    }


def test_only_what_was_changed_is_said():
    stood = PersonForm.opened_with(Identity(called="Aino", name="Aino Virta", age=Age(18)))
    sent = {f"initial-{name}": value for name, value in stood.items() if value is not None}
    form = PersonForm({**sent, **KEY, **stood, "name": "Aino Vuori", "age_most": ""}, today=TODAY, practice=False)
    assert form.is_valid(), form.errors
    assert form.said() == {"name": "Aino Vuori"}


def test_a_form_sends_along_what_stood_in_it():
    form = PersonForm(today=TODAY, practice=False, initial=PersonForm.opened_with(Identity(called="Aino")))
    assert 'name="initial-called" value="Aino"' in str(form["called"])
    assert 'name="initial-called" value="Aino"' in form.as_opened("called")
    assert "initial-key" not in str(form["key"])


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
        ({"called": "a" * 301}, "called"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_is_kept(data, field):
    form = person_form(**{"name": "Aino Virta", **data})
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


# ── The same way again ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hours", ["24/7", "Mo,Tu 09:00-15:30", "Mo-Su 22:00-06:00"])
def test_a_way_that_is_opened_for_change_and_sent_as_it_is_stays_the_same(hours):
    way = make_way(hours, expires=at("2026-12-01T00:00"), name_we_say="Maija")
    stood = WayForm.opened_with(way, HELSINKI)
    form = WayForm({name: value for name, value in stood.items() if value} | KEY)
    assert form.is_valid(), form.errors
    again = form.way(way.key, HELSINKI, "FI", NOW)
    assert [again.hours.open_at(NOW + dt.timedelta(hours=each)) for each in range(168)] == [
        way.hours.open_at(NOW + dt.timedelta(hours=each)) for each in range(168)
    ]
    assert (again.expires, again.name_we_say, again.address) == (way.expires, "Maija", way.address)


def test_hours_that_the_form_cannot_say_are_asked_again():
    assert "days" not in WayForm.opened_with(make_way("Mo 09:00-10:00; Tu 11:00-12:00"), HELSINKI)


# ── The rest of what is said ─────────────────────────────────────────────────────────────────────────────────


def test_where_they_live_is_said_as_far_as_it_was_changed():
    form = WhereaboutsForm({**KEY, "initial-address": "Katu 1", "address": "Katu 1", "shielded": "on"})
    assert form.is_valid()
    assert form.said() == {"shielded": True}


def test_wishes_are_read_as_far_as_they_were_changed():
    stood = {"initial-examiner": "not_asked", "initial-interpreter": "not_asked", "initial-support_person": "wished"}
    form = WishForm(
        {**KEY, **stood, "examiner": "woman", "interpreter": "not_asked", "support_person": "", "avoid": "hiljaa"},
        languages=("fi", "ru"),
        initial={"interpreter_language": "so"},
    )
    assert form.is_valid(), form.errors
    assert form.said() == {"examiner": Examiner.WOMAN, "support_person": Wish.NOT_ASKED, "avoid": "hiljaa"}
    offered = re.findall(r'<option value="(\w*)"', str(form["interpreter_language"]))
    assert offered == ["", "fi", "ru", "so"]


def test_a_guardians_value_is_one_of_the_national_ones_or_not_asked():
    form = GuardianForm({**KEY, "guardians": "capable_forbids"})
    assert form.is_valid()
    assert form.decided() is Guardians.CAPABLE_FORBIDS
    empty = GuardianForm(KEY)
    assert empty.is_valid()
    assert empty.decided() is Guardians.NOT_ASKED
    assert list(GuardianForm({**KEY, "guardians": "5"}).errors) == ["guardians"]


def test_somebody_close_is_read_and_opened_again_as_they_were():
    form = ClosePersonForm({**KEY, "closeness": "sibling", "name": "Outi", "support": "offered"})
    assert form.is_valid()
    person = form.person(UUID(int=1))
    assert person == ClosePerson(UUID(int=1), Closeness.SIBLING, "Outi", support=Support.OFFERED)
    assert ClosePersonForm.opened_with(person)["closeness"] is Closeness.SIBLING
    empty = ClosePersonForm(KEY)
    assert empty.is_valid()
    assert empty.person(UUID(int=1)).closeness is Closeness.OTHER


def test_a_relation_is_a_code_with_own_words_or_nothing():
    form = RelationForm({**KEY, "relation": "stranger", "own_words": "en tiedä kuka"})
    assert form.is_valid()
    assert form.told() == Told(Relation.STRANGER, "en tiedä kuka")
    empty = RelationForm(KEY)
    assert empty.is_valid()
    assert empty.told() == Told()


def test_whoever_is_shut_out_is_chosen_from_staff():
    form = ShutOutForm({**KEY, "member": "7"}, members={7: "Outi"})
    assert form.is_valid()
    assert form.cleaned_data["member"] == 7
    for wrong in ("8", "x", ""):
        assert list(ShutOutForm({**KEY, "member": wrong}, members={7: "Outi"}).errors) == ["member"]
