"""What the desk decides."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.centres.rules import CareWindow, Duty
from poukama.doors.known import Age, Answer, Door, Known, Note, Reason, Sign, Want
from poukama.doors.rules import Policy, Route
from poukama.helpline.answers import ABROAD, ELSEWHERE, Answers, Hurt, SafeContact, SafeNow, Said, When, Words
from poukama.helpline.rules import (
    BANDS,
    RETENTION_RULES,
    DutyHint,
    Option,
    Outcome,
    Phrase,
    Refusal,
    Refused,
    Retention,
    call_back_refused,
    door_taken,
    duty_hint,
    interval,
    known_from,
    late,
    listed_since,
    next_time,
    not_kept,
    option_of,
    phrases,
    suggest,
    told_time,
)
from poukama.protocols.rules import Interval
from tests.factories import HELSINKI, ORIGIN, at, make_pack

NIGHT = at("2026-11-24T02:14")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
POLICY = Policy(make_pack())
ON_CALL = frozenset({"doctor", "midwife"})
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001


def answer(answers, moment=NIGHT, policy=POLICY) -> Route:
    return suggest(answers, moment, policy, on_call=ON_CALL, at=moment)


# ── What is known ────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_asked_is_nothing_known():
    assert known_from(Answers(), NIGHT) == Known()


@pytest.mark.parametrize(
    ("when", "unsure", "hours"),
    [
        (When.HOURS_3, False, (3, 0)),
        (When.HOURS_6, False, (6, 3)),
        (When.HOURS_6, True, (12, 0)),
        (When.HOURS_3, True, (6, 0)),
        (When.DAYS_3, False, (72, 48)),
        (When.MONTH, True, (None, 5 * 24)),
        (When.LONGER, False, (None, 33 * 24)),
        (When.LONGER, True, (None, 7 * 24)),
    ],
)
def test_a_band_is_the_time_between_its_ends_and_an_unsure_one_reaches_a_band_further(when, unsure, hours):
    earliest, latest = hours
    moment = NIGHT.astimezone(dt.UTC)
    assert interval(when, NIGHT, unsure=unsure) == Interval(
        moment - earliest * HOUR if earliest else None, moment - latest * HOUR
    )


@pytest.mark.parametrize("when", [When.NOT_ASKED, When.UNKNOWN, When.UNSAID])
@pytest.mark.parametrize("unsure", [True, False])
def test_a_time_that_is_not_known_is_any_time(when, unsure):
    assert interval(when, NIGHT, unsure=unsure) == Interval()


@given(MOMENTS)
def test_the_bands_follow_on_each_other_without_a_gap(moment):
    spans = [interval(when, moment) for when in BANDS]
    assert spans[0].latest == moment
    assert spans[-1].earliest is None
    assert [span.latest for span in spans[1:]] == [span.earliest for span in spans[:-1]]


@given(MOMENTS, st.sampled_from(When), st.booleans())
def test_nothing_happens_after_the_contact_began_and_an_unsure_band_holds_the_sure_one(moment, when, unsure):
    span = interval(when, moment, unsure=unsure)
    assert span.latest is None or span.latest <= moment
    sure = interval(when, moment)
    if sure.latest and span.latest:
        assert span.latest >= sure.latest
        assert span.earliest is None or (sure.earliest is not None and span.earliest <= sure.earliest)


@given(MOMENTS)
def test_longer_than_a_month_is_past_every_window_of_a_month(moment):
    policy = Policy(make_pack(window=CareWindow(1, None, ORIGIN)))
    assert answer(Answers(when=When.LONGER, age="18-"), moment, policy).door is Door.LATER_SERVICES
    assert answer(Answers(when=When.DAYS_7, age="18-"), moment, policy).door is not Door.LATER_SERVICES


@pytest.mark.parametrize(
    ("answers", "signs"),
    [
        (Answers(hurt=Hurt.AT_ONCE), {Sign.BREATHING, Sign.BLEEDING, Sign.CONFUSED}),
        (Answers(hurt=Hurt.YES), {Sign.INJURY}),
        (Answers(hurt=Hurt.UNKNOWN), set()),
        (Answers(neck=Said.YES), {Sign.NECK}),
        (Answers(neck=Said.UNKNOWN), {Sign.NECK}),
        (Answers(neck=Said.NO), set()),
        (Answers(neck=Said.UNSAID), set()),
        (Answers(suicidal=Said.YES, neck=Said.YES, hurt=Hurt.YES), {Sign.SUICIDAL, Sign.NECK, Sign.INJURY}),
    ],
)
def test_signs_come_from_the_answers_and_a_gap_in_memory_about_the_neck_is_one(answers, signs):
    assert known_from(answers, NIGHT).signs == signs


@pytest.mark.parametrize(
    ("safe", "danger"),
    [(SafeNow.YES, Answer.NO), (SafeNow.NO, Answer.YES), (SafeNow.CANNOT_TALK, Answer.UNKNOWN)],
)
def test_who_is_not_safe_is_in_danger(safe, danger):
    assert known_from(Answers(safe_now=safe), NIGHT).in_danger is danger


@pytest.mark.parametrize(
    ("place", "known"), [("helsinki", "helsinki"), ("", None), ("unknown", None), ("unsaid", None)]
)
def test_one_place_answers_for_the_home_and_for_the_event(place, known):
    found = known_from(Answers(place=place), NIGHT)
    assert (found.lives, found.happened) == (known, known)


@pytest.mark.parametrize(
    ("place", "door"), [(ELSEWHERE, Door.OTHER_CENTRE), (ABROAD, Door.OTHER_CENTRE), ("helsinki", Door.ON_CALL_NOW)]
)
def test_another_centre_is_suggested_only_from_elsewhere(place, door):
    assert answer(Answers(place=place, age="18-", when=When.HOURS_6)).door is door


@pytest.mark.parametrize(
    ("infection", "known"), [(Said.YES, Answer.YES), (Said.NO, Answer.NO), (Said.UNKNOWN, Answer.UNKNOWN)]
)
def test_signs_of_infection_are_told_to_the_engine(infection, known):
    assert known_from(Answers(infection=infection), NIGHT).infection is known


@pytest.mark.parametrize(
    ("age", "under", "hint"),
    [
        (Age(0, 15), 18, DutyHint.SURELY),
        (Age(16, 17), 18, DutyHint.SURELY),
        (Age(18), 18, DutyHint.NONE),
        (Age(), 18, DutyHint.PERHAPS),
        (Age(0, 15), None, DutyHint.NONE),
    ],
)
def test_whoever_may_be_under_the_age_of_the_duty_hears_of_it_first(age, under, hint):
    assert duty_hint(age, Duty(under, (), ORIGIN) if under else None) is hint


# ── Doors and buttons ────────────────────────────────────────────────────────────────────────────────────────


def test_every_door_has_its_button_and_every_button_an_outcome():
    assert {option_of(door) for door in Door} == set(Option) - {Option.CALL_BACK}
    assert {option.value for option in Option} <= {outcome.value for outcome in Outcome}


@pytest.mark.parametrize(
    ("option", "answers", "door"),
    [
        (Option.COME_NOW, Answers(when=When.HOURS_6, age="18-"), Door.ON_CALL_NOW),
        (Option.COME_NOW, Answers(neck=Said.YES), Door.MEDICAL_NOW),
        (Option.COME_NOW, Answers(wants=frozenset({Want.TALK}), age="18-"), Door.ON_CALL_NOW),
        (Option.APPOINTMENT, Answers(when=When.HOURS_6, age="18-"), Door.CENTRE_NEXT),
        (Option.OTHER_SERVICE, Answers(when=When.HOURS_6), Door.CHILDREN),
        (Option.OTHER_SERVICE, Answers(when=When.HOURS_6, age="18-"), Door.LATER_SERVICES),
        (Option.OTHER_SERVICE, Answers(hurt=Hurt.AT_ONCE), Door.EMERGENCY),
        (Option.INFORMATION, Answers(), Door.HELPLINE),
        (Option.CALL_BACK, Answers(), Door.HELPLINE),
    ],
)
def test_a_button_takes_the_suggested_door_if_it_stands_for_it_and_else_its_own(option, answers, door):
    assert door_taken(option, answer(answers)) is door


def test_coming_now_by_day_is_the_centre():
    by_day = answer(Answers(age="18-", place=ELSEWHERE), at("2026-11-24T12:00"))
    assert by_day.door is Door.OTHER_CENTRE
    assert door_taken(Option.COME_NOW, by_day) is Door.CENTRE_NOW


@given(
    st.builds(
        Answers,
        safe_now=st.sampled_from(SafeNow),
        hurt=st.sampled_from(Hurt),
        neck=st.sampled_from(Said),
        suicidal=st.sampled_from(Said),
        when=st.sampled_from(When),
        unsure=st.booleans(),
        age=st.sampled_from(["", "unknown", "0-15", "16-17", "18-"]),
        place=st.sampled_from(["", "unknown", "helsinki", "elsewhere"]),
        wants=st.frozensets(st.sampled_from(Want)),
    ),
    MOMENTS,
    st.sampled_from(Option),
)
def test_whatever_was_answered_there_is_a_door_a_reason_and_something_to_say(answers, moment, option):
    found = answer(answers, moment)
    assert found.door in Door
    assert found.reason in Reason
    assert door_taken(option, found) in Door
    said = phrases(answers, found, POLICY.pack.duty)
    assert len(said) == len(set(said)) > 0
    if Phrase.DUTY in said:
        assert all(said.index(Phrase.DUTY) < said.index(asks) for asks in (Phrase.NECK, Phrase.WHEN) if asks in said)


def test_a_suggestion_is_never_asked_of_a_moment_before_the_contact_began():
    found = suggest(Answers(when=When.HOURS_3), NIGHT, POLICY, on_call=ON_CALL, at=NIGHT - HOUR)
    assert found.door is Door.HELPLINE


# ── Phrases ──────────────────────────────────────────────────────────────────────────────────────────────────


def said(answers) -> tuple[Phrase, ...]:
    return phrases(answers, answer(answers), POLICY.pack.duty)


def test_a_call_opens_with_a_welcome_safety_and_the_duty():
    assert said(Answers())[:4] == (Phrase.WELCOME, Phrase.SAFE_TO_TALK, Phrase.SKIP, Phrase.DUTY)


@pytest.mark.parametrize(
    ("answers", "phrase", "fits"),
    [
        (Answers(age="18-"), Phrase.DUTY, False),
        (Answers(age="16-17"), Phrase.DUTY, True),
        (Answers(age="unsaid"), Phrase.DUTY, True),
        (Answers(age="18-"), Phrase.POLICE_OPTIONAL, True),
        (Answers(age="16-17"), Phrase.POLICE_OPTIONAL, False),
        (Answers(), Phrase.NECK, True),
        (Answers(neck=Said.NO), Phrase.NECK, False),
        (Answers(safe_now=SafeNow.YES), Phrase.SAFE_TO_TALK, False),
        (Answers(safe_now=SafeNow.CANNOT_TALK), Phrase.YES_OR_NO, True),
        (Answers(suicidal=Said.YES), Phrase.STAY, True),
        (Answers(infection=Said.YES), Phrase.CALL_FIRST, True),
        (Answers(interpreter=True), Phrase.INTERPRETER, True),
        (Answers(when=When.HOURS_6), Phrase.WHEN, False),
        (Answers(when=When.LONGER), Phrase.PRESERVE, False),
        (Answers(when=When.HOURS_6, age="18-"), Phrase.COME, True),
        (Answers(when=When.LONGER, age="18-"), Phrase.OTHER_DOOR, True),
    ],
)
def test_a_phrase_is_there_when_it_fits(answers, phrase, fits):
    assert (phrase in said(answers)) is fits


def test_in_danger_little_is_said():
    assert said(Answers(safe_now=SafeNow.NO)) == (Phrase.EMERGENCY, Phrase.STAY, Phrase.BELIEVE)
    cannot = Answers(safe_now=SafeNow.CANNOT_TALK, hurt=Hurt.AT_ONCE)
    assert said(cannot) == (Phrase.YES_OR_NO, Phrase.EMERGENCY, Phrase.STAY, Phrase.BELIEVE)


# ── Calling back ─────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_is_called_back_unless_they_said_how():
    assert call_back_refused(Answers(), Words(phone="1")) is Refusal.NOT_SAFE
    safe = Answers(safe_contact=SafeContact.CALL)
    assert call_back_refused(safe, Words()) is Refusal.NO_NUMBER
    assert call_back_refused(safe, Words(phone="1")) is None


def test_without_a_safe_way_nothing_is_kept_that_leads_to_the_caller():
    assert not_kept(Answers()) == ("phone", "hours", "name_to_say", "voicemail")
    assert not_kept(Answers(safe_contact=SafeContact.MESSAGE)) == ()


@pytest.mark.parametrize(
    ("moment", "wall", "due"),
    [
        ("2026-11-24T02:14", "18:00", "2026-11-24T18:00"),
        ("2026-11-24T02:14", "02:14", "2026-11-25T02:14"),
        ("2026-11-24T23:30", "00:30", "2026-11-25T00:30"),
        # The hour that is skipped moves on, and of the doubled one the first that is still to come is meant.
        ("2026-03-29T01:00", "03:30", "2026-03-29T04:30"),
        ("2026-10-25T02:00", "03:30", "2026-10-25T03:30"),
    ],
)
def test_a_promised_time_is_the_next_at_which_the_clock_shows_it(moment, wall, due):
    assert next_time(dt.time.fromisoformat(wall), at(moment), HELSINKI) == at(due).astimezone(dt.UTC)


def test_in_a_doubled_hour_its_second_half_is_still_to_come():
    half_past_again = at("2026-10-25T03:30").astimezone(dt.UTC) + HOUR
    assert next_time(dt.time(3, 30), half_past_again - HOUR / 2, HELSINKI) == half_past_again


@given(MOMENTS, st.times())
def test_a_promised_time_is_to_come_within_a_day_and_an_hour(moment, wall):
    assert moment < next_time(wall, moment, HELSINKI) <= moment + DAY + HOUR


@pytest.mark.parametrize(
    ("due", "hours", "is_late"), [(6, 6, False), (6, 6.01, True), (None, 24, False), (None, 24.01, True)]
)
def test_a_call_is_late_after_its_time_or_a_day_after_it_was_promised(due, hours, is_late):
    assert late(NIGHT, NIGHT + due * HOUR if due else None, NIGHT + hours * HOUR) is is_late


# ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given_hours_ago", "is_taken"), [(0, True), (1, True), (23.9, True), (24, False), (-0.01, False), (None, False)]
)
def test_a_browsers_time_is_taken_if_it_is_not_to_come_and_less_than_a_day_old(given_hours_ago, is_taken):
    told = None if given_hours_ago is None else NIGHT.astimezone(dt.UTC) - given_hours_ago * HOUR
    assert told_time(told, NIGHT) == (told if is_taken else NIGHT)


def test_a_time_without_a_zone_is_no_time():
    assert told_time(dt.datetime(2026, 11, 24, 0, 0), NIGHT) == NIGHT  # noqa: DTZ001


@pytest.mark.parametrize(("began", "since"), [(None, 24), (8, 24), (26, 26)])
def test_the_list_holds_the_last_day_and_all_of_this_shift(began, since):
    shift = NIGHT - began * HOUR if began else None
    assert listed_since(NIGHT, shift) == NIGHT - since * HOUR


def test_a_day_is_a_day_on_the_nights_when_the_clock_turns():
    morning = at("2026-10-25T08:00")
    assert morning.astimezone(dt.UTC) - listed_since(morning, None) == DAY


# ── The rest ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_rule_of_retention_is_set():
    assert [rule.retention for rule in RETENTION_RULES] == list(Retention)
    assert all(rule.keep is None for rule in RETENTION_RULES)


def test_a_refusal_names_its_reason_and_who_writes():
    refused = Refused(Refusal.PEN, "Ilona")
    assert (refused.refusal, refused.who, str(refused)) == (Refusal.PEN, "Ilona", "pen")


def test_whom_to_call_first_is_among_the_notes_of_a_suggestion():
    route = answer(replace(Answers(age="18-", when=When.HOURS_6), infection=Said.YES))
    assert Note.CALL_FIRST in route.notes
