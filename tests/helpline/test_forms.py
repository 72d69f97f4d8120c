"""What a browser sends is read as people write it, and what cannot be read is as if it had not been sent."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from poukama.doors.known import Want
from poukama.helpline import forms
from poukama.helpline.answers import Answers, Changes, Channel, SafeContact, Said, Words, hour_of
from poukama.helpline.rules import ArrivalState, Option, Outcome, Reached, Ref, Retention
from poukama.helpline.shown import Opened
from tests.factories import HELSINKI, at, make_pack

NIGHT = at("2026-11-24T02:14")
NOTHING = Changes({}, {})


def post(text: str) -> QueryDict:
    return QueryDict(text)


def opened(answers: Answers | None = None, words: Words | None = None) -> Opened:
    return Opened(
        ref=Ref(1, UUID(int=1)),
        channel=Channel.PHONE,
        began_at=NIGHT,
        ended_at=None,
        entered_at=NIGHT,
        late=False,
        unreadable=False,
        mine=True,
        writes="Maija",
        writer=None,
        number=0,
        saved_at=None,
        answers=answers or Answers(),
        words=words or Words(),
        suggestion=None,
        taken=None,
        outcome=Outcome.NONE,
        retention=Retention.CONTACT,
        told=(),
        call_backs=(),
        arrivals=(),
    )


# ── The whole form ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_form_is_its_fields_and_its_button():
    sent = forms.whole(post("note=a%0D%0Ab&wants=&wants=care&unsure=false&unsure=true&do=door:come_now"), make_pack())
    assert sent.typed == {"note": "a\nb", "wants": ["care"], "unsure": True}
    assert sent.changes.words == {"note": "a\nb"}
    assert sent.changes.answers == {"wants": frozenset({Want.CARE}), "unsure": True}
    assert (sent.verb, sent.about) == ("door", "come_now")


def test_a_button_of_a_page_has_the_same_key_each_time_and_another_button_another():
    key = str(uuid4())
    keys = [
        forms.whole(post(f"key={key}&do={button}"), make_pack()).key_of()
        for button in ("end", "end", "door:x", "told:x")
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize("text", ["", "number=x", "number=-1", "number=%D9%A1", f"number={'9' * 30}"])
def test_a_form_without_a_number_is_a_first_save(text):
    assert forms.whole(post(text), make_pack()).number == 1


def test_a_form_without_keys_gets_its_own():
    first, second = (forms.whole(post("key=x&writer=x"), make_pack()) for _ in range(2))
    assert first.key != second.key
    assert first.writer != second.writer


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_form_can_be_read(name, value):
    data = QueryDict(mutable=True)
    for field in ("note", "age", "wants", "unsure", "writer", "number", "key", "do", "told_at", "due", name):
        data[field] = value
    forms.whole(data, make_pack())
    pressed = forms.alone("told", data, make_pack())
    pressed.due(NIGHT, make_pack())
    pressed.told(NIGHT, make_pack())


# ── Times ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["2.31", "02:31", " 2:31 ", "0231", "231", "2 31"])
def test_an_hour_is_read_as_people_write_it(text):
    assert hour_of(text) == dt.time(2, 31)


@pytest.mark.parametrize("text", [None, "", "now", "25.00", "2.61", "2.3x", "x.31", "-2.31", "٢.٣١", "2.31.5"])
def test_what_is_no_hour_is_none(text):
    assert hour_of(text) is None


def test_a_whole_hour_needs_no_minutes():
    assert hour_of("14") == dt.time(14, 0)


@pytest.mark.parametrize(
    ("wall", "moment"),
    [("02:05", "2026-11-24T02:05"), ("02:14", "2026-11-24T02:14"), ("02:15", "2026-11-23T02:15")],
)
def test_somebody_was_told_at_the_last_moment_at_which_the_clock_showed_this(wall, moment):
    assert forms.just_past(dt.time.fromisoformat(wall), NIGHT, HELSINKI) == at(moment)


def test_of_a_doubled_hour_the_last_that_is_over_is_meant():
    wall, second = dt.time(3, 30), dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    assert forms.just_past(wall, second, HELSINKI) == second
    assert forms.just_past(wall, second - dt.timedelta(minutes=1), HELSINKI) == second - dt.timedelta(hours=1)


@given(st.times(), st.integers(0, 366 * 24 * 60))
def test_it_is_never_to_come_and_at_most_a_day_and_an_hour_ago(wall, minutes):
    moment = at("2026-01-01T00:00") + dt.timedelta(minutes=minutes)
    found = forms.just_past(wall, moment, HELSINKI)
    assert dt.timedelta(0) <= moment - found <= dt.timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2026-11-24T00:14:00Z", NIGHT), ("2026-11-24T00:14", None), ("then", None), ("", None), (None, None)],
)
def test_a_moment_has_its_zone(text, moment):
    assert forms.moment_of(text) == moment


# ── Words of a list ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_of_a_list_is_read_and_any_other_is_the_plainest():
    assert (forms.option_of("come_now"), forms.option_of("x")) == (Option.COME_NOW, None)
    assert (forms.channel_of("chat"), forms.channel_of("x")) == (Channel.CHAT, Channel.PHONE)
    assert (forms.reached_of("reached"), forms.reached_of(None)) == (Reached.REACHED, Reached.NO_ANSWER)
    assert forms.arrival_of("did_not_come") is ArrivalState.DID_NOT_COME
    assert forms.arrival_of("expected") is forms.arrival_of(None) is ArrivalState.MET


# ── Two writers ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_is_what_is_kept_already():
    kept = opened(Answers(neck=Said.NO), Words(note="a"))
    assert forms.same(Changes({"neck": Said.NO}, {"note": "a"}), kept)
    assert not forms.same(Changes({"neck": Said.YES}, {"note": "a"}), kept)
    assert not forms.same(Changes({}, {"note": "b"}), kept)
    assert forms.same(NOTHING, kept)


@pytest.mark.parametrize(
    ("kept", "typed", "both"),
    [
        ("", "mine", "mine"),
        ("theirs", "", "theirs"),
        ("theirs", "theirs and mine", "theirs and mine"),
        ("theirs and mine", "mine", "theirs and mine"),
        ("theirs", "mine", "theirs\nmine"),
    ],
)
def test_notes_of_two_are_joined(kept, typed, both):
    merged = forms.merged(Changes({}, {"note": typed}), opened(words=Words(note=kept)))
    assert {"note": kept, **merged.words}["note"] == both


@given(st.text(), st.text())
def test_nothing_of_either_note_goes(kept, typed):
    note = forms.merged(Changes({}, {"note": typed}), opened(words=Words(note=kept))).words["note"]
    assert kept in note
    assert typed in note


def test_what_stands_is_not_changed_by_whoever_lost_the_pen():
    kept = opened(Answers(neck=Said.NO, safe_contact=SafeContact.CALL), Words(called_name="Aino", phone="1"))
    typed = Changes({"neck": Said.YES, "infection": Said.NO}, {"called_name": "Ida", "hours": "9-11", "phone": "1"})
    merged = forms.merged(typed, kept)
    assert merged.answers == {"infection": Said.NO}
    assert merged.words == {"called_name": "Aino", "hours": "9-11", "phone": "1"}
