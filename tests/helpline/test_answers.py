"""What a contact may hold, and how what a page sends is read."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.centres.pack import read_pack
from poukama.centres.rules import Ages, Duty
from poukama.config.settings import ROOT
from poukama.doors.known import Age, Asker, Want
from poukama.helpline.answers import (
    ANSWERS,
    LONGEST,
    WORDS,
    Answers,
    Changes,
    Fault,
    Hurt,
    SafeContact,
    SafeNow,
    Said,
    When,
    Words,
    age_of,
    choices,
    read,
)
from poukama.helpline.models import Contact
from tests.factories import ORIGIN, make_area, make_pack

HELSINKI = choices(read_pack(ROOT / "centres" / "helsinki"))
# What must not be asked on the telephone (Poukama's first duty there is to leave it out), as words of a field's name.
NEVER_ASKED = re.compile(
    r"act|detail|story|why|reason_of|wore|cloth|drank|drink|alcohol|drug|resist|fought|perpetrator|suspect|offender"
    r"|assailant|number_of|sexual|partner|history|gender|sex|identity|hetu|personal|surname|first_name|last_name"
    r"|immigration|status|residence_permit|citizen|nationality|police_decision|report_made|credib|believ"
)


def test_there_is_no_field_for_what_must_not_be_asked():
    given_names = {"contact", "safe_contact"}  # "act" is part of these words only
    columns = {field.name for field in Contact._meta.get_fields()}
    names = (columns | {field.name for kind in (Answers, Words) for field in fields(kind)}) - given_names
    assert [name for name in sorted(names) if NEVER_ASKED.search(name)] == []


@pytest.mark.parametrize("name", ["perpetrator_known", "what_they_wore", "why", "personal_code", "sexual_history"])
def test_such_a_field_would_be_seen(name):
    assert NEVER_ASKED.search(name)


def test_what_is_typed_is_sealed_and_what_is_chosen_is_counted():
    kinds = {name: Contact._meta.get_field(name).get_internal_type() for name in (*ANSWERS, *WORDS)}
    assert {name for name, kind in kinds.items() if kind == "BinaryField"} == set(WORDS)


def test_not_asked_and_not_safe_are_where_a_contact_starts():
    column = {name: getattr(Contact(), name) for name in ANSWERS}
    assert {name: getattr(Answers(), name) for name in ANSWERS} == {**column, "wants": frozenset()}
    assert Answers().safe_contact is SafeContact.NO


def test_not_asked_not_known_not_said_and_no_are_four_answers():
    assert {"not_asked", "unknown", "unsaid", "no"} <= {*Said} & {*Hurt} & {*SafeNow}


@pytest.mark.parametrize(
    ("pack", "ages"),
    [
        ("helsinki", ("0-15", "16-17", "18-")),
        ("satama", ("0-12", "13-15", "16-17", "18-")),
        ("laakso", ("0-",)),
    ],
)
def test_the_bands_of_age_lie_between_the_ages_that_something_hangs_on(pack, ages):
    assert choices(read_pack(Path(ROOT, "centres", pack))).ages == ages


@given(alone=st.integers(0, 30), referred=st.integers(0, 30), under=st.none() | st.integers(1, 30))
def test_the_bands_are_every_age_once(alone, referred, under):
    duty = None if under is None else Duty(under, (), ORIGIN)
    bands = [age_of(band) for band in choices(make_pack(ages=Ages(alone, referred, ORIGIN), duty=duty)).ages]
    assert bands[0].least == 0
    assert bands[-1].most is None
    assert [after.least for after in bands[1:]] == [before.most + 1 for before in bands[:-1] if before.most is not None]
    limits = {alone, referred, *([under] if under else [])}
    assert not any(band.perhaps_under(limit) and not band.surely_under(limit) for band in bands for limit in limits)


def test_a_centre_without_an_area_knows_only_elsewhere():
    assert choices(make_pack(area=None)).places == ("elsewhere",)
    assert choices(make_pack(area=make_area(inside=("helsinki", "ship")))).places == ("helsinki", "ship", "elsewhere")


@pytest.mark.parametrize("band", ["", "unknown", "unsaid"])
def test_no_band_is_every_age(band):
    assert age_of(band) == Age()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"caller": "close_person"}, {"caller": Asker.CLOSE_PERSON}),
        ({"safe_now": "cannot_talk"}, {"safe_now": SafeNow.CANNOT_TALK}),
        ({"hurt": "at_once"}, {"hurt": Hurt.AT_ONCE}),
        ({"neck": "unknown"}, {"neck": Said.UNKNOWN}),
        ({"when": "hours_6"}, {"when": When.HOURS_6}),
        ({"unsure": "on"}, {"unsure": True}),
        ({"unsure": False}, {"unsure": False}),
        ({"interpreter": "off"}, {"interpreter": False}),
        ({"language": "sv"}, {"language": "sv"}),
        ({"language": "unknown"}, {"language": "unknown"}),
        ({"age": "16-17"}, {"age": "16-17"}),
        ({"age": "unsaid"}, {"age": "unsaid"}),
        ({"place": "helsinki"}, {"place": "helsinki"}),
        ({"wants": ["care", "talk"]}, {"wants": frozenset({Want.CARE, Want.TALK})}),
        ({"wants": "care"}, {"wants": frozenset({Want.CARE})}),
        ({"wants": [""]}, {"wants": frozenset()}),
        ({"safe_contact": "message"}, {"safe_contact": SafeContact.MESSAGE}),
        ({"arrives": "3.20"}, {"arrives": "03:20"}),
        ({"arrives": " "}, {"arrives": ""}),
    ],
)
def test_a_choice_is_read(sent, kept):
    assert read(sent, HELSINKI) == (Changes(kept, {}), {})


@pytest.mark.parametrize(
    "sent",
    [
        {"caller": "x"},
        {"when": "yesterday"},
        {"language": "Swedish"},
        {"language": "s1"},
        {"age": "13-15"},
        {"place": "satama"},
        {"wants": ["care", "x"]},
        {"wants": {"care": 1}},
        {"neck": None},
        {"neck": ["yes"]},
    ],
)
def test_what_is_no_choice_is_left_out_and_named(sent):
    name = next(iter(sent))
    assert read({**sent, "note": "kept"}, HELSINKI) == (Changes({}, {"note": "kept"}), {name: Fault.NO_CHOICE})


@pytest.mark.parametrize("sent", ["soon", "25.00", "3.61", "-1", "2200000000", None])
def test_what_is_no_time_of_the_day_is_left_out_and_named(sent):
    assert read({"arrives": sent}, HELSINKI) == (Changes({}, {}), {"arrives": Fault.NO_TIME})


def test_a_field_that_we_do_not_have_is_not_read():
    assert read({"perpetrator": "x", "id": "1", "pen": "2", "number": 3}, HELSINKI) == (Changes({}, {}), {})


@pytest.mark.parametrize("text", ["ليلى", "Åke Ängström-Öberg", "a" * 300, "🌊" * 300, "\u200fשרה", " two  spaces\n"])
def test_a_name_in_any_script_is_kept_as_it_is(text):
    assert read({"called_name": text}, HELSINKI)[0].words == {"called_name": text}


@pytest.mark.parametrize(("text", "kept"), [("a\0b", "ab"), ("a\ud83db", "a\ufffdb")])
def test_what_no_text_can_hold_is_taken_out(text, kept):
    assert read({"note": text}, HELSINKI)[0].words == {"note": kept}


@pytest.mark.parametrize("name", WORDS)
def test_a_text_that_is_too_long_is_left_out_and_named(name):
    assert read({name: "a" * LONGEST[name]}, HELSINKI)[1] == {}
    assert read({name: "a" * (LONGEST[name] + 1)}, HELSINKI) == (Changes({}, {}), {name: Fault.TOO_LONG})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*ANSWERS, *WORDS, "other"]), JSON))
def test_whatever_is_sent_is_either_kept_or_named(sent):
    kept, faults = read(sent, HELSINKI)
    assert {*kept.answers, *kept.words, *faults} == sent.keys() - {"other"}
    assert not {*kept.answers, *kept.words} & faults.keys()
    Answers(**kept.answers)  # type: ignore[arg-type]
