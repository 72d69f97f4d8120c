"""What a contact told becomes facts, each answer once and as what it is; and what the client's record keeps of it."""

import datetime as dt
from dataclasses import fields, replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.cases import told
from poukama.cases.told import ABOUT, Telling, Topic, checked, read_time
from poukama.clients.reach import Channel, Way
from poukama.core.hours import Hours
from poukama.doors.known import ANY_AGE, Age, Asker, Want
from poukama.helpline.answers import Answers, Hurt, SafeContact, SafeNow, Said, When, Words
from poukama.helpline.arriving import (
    FACTS,
    IN_THE_RECORD,
    PAST,
    WITH_ANOTHER,
    Known,
    accompanied,
    hours_said,
    known_of,
    not_elsewhere,
    same_hours,
    tellings,
    way_told,
)
from poukama.helpline.forms import COMPANY
from poukama.helpline.rules import interval
from tests.factories import HELSINKI, at

BEGAN = at("2026-11-24T02:14")
ANSWERS = st.builds(
    Answers,
    caller=st.sampled_from(Asker),
    language=st.sampled_from(("", "sv", "unknown", "unsaid")),
    interpreter=st.booleans(),
    safe_now=st.sampled_from(SafeNow),
    hurt=st.sampled_from(Hurt),
    neck=st.sampled_from(Said),
    suicidal=st.sampled_from(Said),
    when=st.sampled_from(When),
    unsure=st.booleans(),
    age=st.sampled_from(("", "0-15", "16-17", "18-", "unknown", "unsaid")),
    place=st.sampled_from(("", "satama", "elsewhere", "ship", "abroad", "unknown", "unsaid")),
    infection=st.sampled_from(Said),
    wants=st.frozensets(st.sampled_from(Want)),
    safe_contact=st.sampled_from(SafeContact),
    voicemail=st.booleans(),
)
TOPICS = {
    "caller": Topic.ASKER,
    "safe_now": Topic.SAFE_NOW,
    "hurt": Topic.INJURIES,
    "neck": Topic.NECK,
    "suicidal": Topic.SUICIDAL,
    "when": Topic.TIME,
    "place": Topic.MUNICIPALITY,
    "infection": Topic.INFECTION,
    "wants": Topic.WANTS,
}
# What each answer says while nobody has asked.
UNASKED = Answers()


def of(**answers: object) -> tuple[Telling, ...]:
    return tellings(replace(UNASKED, **answers), BEGAN)  # type: ignore[arg-type]


def test_every_answer_is_a_fact_or_named_as_none():
    named = [*FACTS, *IN_THE_RECORD, *PAST, *WITH_ANOTHER]
    assert sorted(named) == sorted(field.name for field in fields(Answers))


@given(ANSWERS)
def test_every_answer_that_was_given_is_one_fact_of_its_topic_and_no_other_is(answers):
    expected = [topic for name, topic in TOPICS.items() if getattr(answers, name) != getattr(UNASKED, name)]
    assert [telling.topic for telling in tellings(answers, BEGAN)] == expected


@given(ANSWERS)
def test_every_fact_can_be_kept_as_it_is(answers):
    for telling in tellings(answers, BEGAN):
        assert checked(telling, BEGAN) == telling
        assert telling.said in told.Said


@given(ANSWERS, ANSWERS)
def test_two_different_answers_are_never_the_same_fact(one, other):
    first, second = ({each.topic: each for each in tellings(answers, BEGAN)} for answers in (one, other))
    for name, topic in TOPICS.items():
        if name != "when" and getattr(one, name) != getattr(other, name):
            assert first.get(topic) != second.get(topic)


@pytest.mark.parametrize("name", [name for name in TOPICS if name not in ("caller", "wants")])
def test_not_known_not_said_and_not_asked_stay_three_things(name):
    kind = type(getattr(UNASKED, name))
    given = {word: of(**{name: kind(word)}) for word in ("unknown", "unsaid")}
    topic = TOPICS[name]
    assert given["unknown"] == (Telling(topic, told.Said.UNKNOWN),)
    assert given["unsaid"] == (Telling(topic, told.Said.UNSAID),)
    assert of() == ()


@pytest.mark.parametrize(
    ("answers", "telling"),
    [
        ({"safe_now": SafeNow.CANNOT_TALK}, Telling(Topic.SAFE_NOW, codes=frozenset({"cannot_talk"}))),
        ({"hurt": Hurt.AT_ONCE}, Telling(Topic.INJURIES, codes=frozenset({"at_once"}))),
        ({"hurt": Hurt.NO}, Telling(Topic.INJURIES, told.Said.NO)),
        ({"neck": Said.YES}, Telling(Topic.NECK, told.Said.YES)),
        ({"suicidal": Said.NO}, Telling(Topic.SUICIDAL, told.Said.NO)),
        ({"place": "satama"}, Telling(Topic.MUNICIPALITY, codes=frozenset({"satama"}))),
        ({"caller": Asker.SELF}, Telling(Topic.ASKER, codes=frozenset({"self"}))),
        ({"wants": frozenset({Want.CARE})}, Telling(Topic.WANTS, codes=frozenset({"care"}))),
    ],
)
def test_an_answer_keeps_what_it_says(answers, telling):
    assert of(**answers) == (telling,)


@given(st.sampled_from(When), st.booleans())
def test_the_time_is_the_interval_that_the_desks_clocks_went_by(when, unsure):
    for telling in of(when=when, unsure=unsure):
        if telling.codes:
            (code,) = telling.codes
            assert read_time(code) == interval(when, BEGAN, unsure=unsure)


# ── What the client's record keeps ───────────────────────────────────────────────────────────────────────────

SPOKEN = Answers(language="sv", interpreter=True, age="18-")
CALLED = Words(called_name="Aino")


@pytest.mark.parametrize("caller", [Asker.SELF, Asker.UNKNOWN])
def test_who_calls_for_themselves_has_told_their_name_language_and_age(caller):
    assert known_of(replace(SPOKEN, caller=caller), CALLED) == Known("Aino", "sv", True, Age(18))


@pytest.mark.parametrize("caller", [Asker.CLOSE_PERSON, Asker.PROFESSIONAL])
def test_who_calls_for_somebody_else_has_told_the_age_alone(caller):
    assert known_of(replace(SPOKEN, caller=caller), CALLED) == Known(age=Age(18))


@pytest.mark.parametrize("word", ["", "unknown", "unsaid"])
def test_a_language_and_an_age_that_nobody_said_are_none(word):
    assert known_of(Answers(language=word, age=word), Words()) == Known(age=ANY_AGE)


SAFE = Answers(safe_contact=SafeContact.CALL, voicemail=True)
REACHED = Words(phone="040 000 0101", hours="kl. 9–11", name_to_say="Biblioteket")


def test_a_way_that_was_opened_is_a_way_with_its_hours():
    way = way_told(SAFE, REACHED)
    assert way is not None
    assert (way.channel, way.address, way.voicemail) == (Channel.CALL, "040 000 0101", True)
    assert (way.name_we_say, way.hours) == ("Biblioteket", (dt.time(9), dt.time(11)))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (replace(SAFE, safe_contact=SafeContact.NO, voicemail=False), Words()),
        (SAFE, replace(REACHED, phone="")),
        (replace(SAFE, caller=Asker.PROFESSIONAL), REACHED),
        (replace(SAFE, caller=Asker.CLOSE_PERSON), REACHED),
    ],
)
def test_a_number_that_leads_to_nobody_or_to_somebody_else_is_no_way(answers, words):
    assert way_told(answers, words) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("18-20", (dt.time(18), dt.time(20))),
        ("klo 9.30 – 11:45", (dt.time(9, 30), dt.time(11, 45))),
        ("22–24", (dt.time(22), dt.time(0))),
        (" kl. 8-9 ", (dt.time(8), dt.time(9))),
        ("at 7-8", (dt.time(7), dt.time(8))),
        ("evenings", None),
        ("", None),
        ("14-14", None),
        ("0-24", None),
        ("25-26", None),
        ("18-20 not Fridays", None),
        ("\u202e18-20", None),
        ("9" * 300, None),
    ],
)
def test_hours_are_read_if_they_say_nothing_else(text, hours):
    assert hours_said(text) == hours


@given(st.text())
def test_any_text_is_hours_or_is_not(text):
    assert hours_said(text) is None or len(hours_said(text) or ()) == 2


@pytest.mark.parametrize(
    ("text", "same"), [("klo 14–15", True), ("14-16", False), ("evenings", False), ("", False), ("4-15", False)]
)
def test_hours_that_the_way_has_are_known(text, same):
    way = Way(uuid4(), Channel.CALL, True, "1", Hours("Mo,Tu 14:00-15:00", HELSINKI, "FI"), BEGAN)
    assert same_hours(text, way) is same


def test_only_what_nothing_else_keeps_is_kept_in_the_case_as_words():
    words = Words("note", "Aino", "040 000 0101", "kl. 9–11", "Biblioteket")
    assert not_elsewhere(words, frozenset()) == "Aino\n040 000 0101\nkl. 9–11\nBiblioteket"
    assert not_elsewhere(words, frozenset({"Aino", "040 000 0101"})) == "kl. 9–11\nBiblioteket"
    assert not_elsewhere(Words(note="note", hours="  "), frozenset()) == ""


def test_whoever_is_alone_has_nobody_with_them():
    assert [accompanied(frozenset(company)) for company in ((), ("alone",), ("sibling",))] == [False, False, True]


def test_whoever_may_be_with_them_has_a_code_of_the_topic():
    assert set(COMPANY) == ABOUT[Topic.COMPANION].codes
