"""Posts make rights: at their centre, while they are held, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poukama.gate.rules import Permission
from poukama.staff.rules import (
    ALPHABET,
    CLOSED_WAYS,
    GRANTS,
    LOGIN,
    Held,
    Purpose,
    Role,
    Tenure,
    WayState,
    actor,
    bearer,
    code_from,
    home,
    landing,
    short_of_administrators,
    shown_code,
    state_of,
    typed_code,
    within,
)

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
moments = st.integers(-3, 3).map(lambda hours: NOW + dt.timedelta(hours=hours))
posts = st.builds(Held, st.integers(1, 3), st.sampled_from(Role), moments, st.none() | moments)


def test_every_role_has_its_row_of_rights():
    assert set(GRANTS) == set(Role)


@given(st.lists(posts, max_size=6), st.sampled_from(Permission), st.integers(1, 3))
def test_a_member_may_what_a_post_held_now_at_that_centre_grants(held, permission, centre):
    granted = any(
        permission in GRANTS[post.role]
        for post in held
        if post.centre == centre and post.begins <= NOW and (post.ends is None or post.ends > NOW)
    )
    assert actor(1, held, NOW).may(permission, centre=centre) is granted


def test_a_post_ends_at_its_end_and_begins_at_its_beginning():
    post = Held(1, Role.MIDWIFE, NOW, NOW + dt.timedelta(hours=1))
    moments = [NOW + dt.timedelta(minutes=minutes) for minutes in (-1, 0, 59, 60)]
    assert [post.holds_at(at) for at in moments] == [False, True, True, False]


# ── Where a member lands ─────────────────────────────────────────────────────────────────────────────────────


@given(st.sets(st.sampled_from(Role)))
def test_a_midwife_lands_on_the_desk_the_coordinator_on_today_and_everybody_else_on_the_week(roles):
    runs_the_day = "board:today" if Role.MIDWIFE_COORDINATOR in roles else "roster:week"
    assert landing(roles) == ("helpline:desk" if Role.MIDWIFE in roles else runs_the_day)


# ── Posts ────────────────────────────────────────────────────────────────────────────────────────────────────

tenures = st.builds(Tenure, st.sampled_from([Role.MIDWIFE, Role.DOCTOR]), moments, st.none() | moments)


@given(tenures, tenures)
def test_two_posts_overlap_if_at_some_moment_both_are_held(one, other):
    hours = [NOW + dt.timedelta(hours=hours) for hours in range(-3, 4)]
    held = [Held(1, each.role, each.begins, each.ends) for each in (one, other)]
    both = one.role is other.role and any(all(each.holds_at(at) for each in held) for at in hours)
    assert both <= one.overlaps(other)
    if all(each.ends is None or each.begins < each.ends for each in (one, other)):
        assert both is one.overlaps(other) is other.overlaps(one)


@given(st.lists(posts, min_size=1, max_size=5))
def test_a_post_given_later_changes_nothing_of_who_answers_for_a_member_while_the_first_is_held(given_posts):
    first = Held(7, Role.MIDWIFE, NOW)
    assert home([first, *given_posts], NOW) == 7
    over = Held(7, Role.MIDWIFE, NOW, NOW)
    assert home([over, *given_posts], NOW) == home(given_posts, NOW)
    assert home([*given_posts, first], NOW) in {7, *(post.centre for post in given_posts)}


# ── Ways in ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(0, 2**256))
def test_a_code_is_read_back_as_it_was_printed_however_it_is_grouped(number):
    code = code_from(number)
    for typed in (code, shown_code(code), shown_code(code).lower(), f" {' '.join(code)}\t"):
        assert typed_code(typed) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_nothing(text):
    code = typed_code(text)
    assert code == "" or (len(code) == 12 and set(code) <= set(ALPHABET))


def test_no_letter_of_a_code_looks_like_another():
    assert not set(ALPHABET) & set("0O1IL")
    assert len(set(ALPHABET)) == len(ALPHABET) == 31


@given(st.booleans(), moments, st.none() | moments, st.none() | moments)
def test_a_way_in_is_open_only_with_a_code_in_time_unused_and_not_taken_back(coded, expires_at, used_at, ended_at):
    state = state_of(coded=coded, expires_at=expires_at, used_at=used_at, ended_at=ended_at, at=NOW)
    assert (state is WayState.OPEN) is (coded and expires_at > NOW and used_at is None and ended_at is None)
    assert (state is WayState.OPEN) is (state not in CLOSED_WAYS)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({}, WayState.OPEN),
        ({"coded": False}, WayState.ASKED),
        ({"expires_at": NOW}, WayState.EXPIRED),
        ({"ended_at": NOW}, WayState.ENDED),
        ({"ended_at": NOW, "used_at": NOW, "expires_at": NOW}, WayState.USED),
    ],
)
def test_how_far_a_way_in_has_come(known, state):
    whole = {"coded": True, "expires_at": NOW + within(Purpose.RESET), "used_at": None, "ended_at": None, **known}
    assert state_of(**whole, at=NOW) is state


def test_a_lost_second_factor_waits_a_day_and_an_invitation_a_week():
    assert within(Purpose.JOIN) == 7 * within(Purpose.RESET) == dt.timedelta(days=7)


@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from(Permission))
def test_who_bears_a_code_may_enter_there_and_nothing_else(member, centre, permission):
    by = bearer(member, centre)
    assert by.key == f"member:{member}"
    assert by.may(permission, centre=centre) is (permission is Permission.STAFF_ENTER)
    assert not by.may(permission, centre=centre + 1)


# ── Before real use ──────────────────────────────────────────────────────────────────────────────────────────


@given(st.dictionaries(st.sampled_from(["bay", "cove", "sound"]), st.integers(0, 4)))
def test_a_centre_with_fewer_than_two_administrators_is_named(administrators):
    short = short_of_administrators(administrators)
    assert set(short) == {code for code, number in administrators.items() if number < 2}


@pytest.mark.parametrize("login", ["ida", "ida.ilmarinen", "7", "a-b_c", "x" * 64])
def test_a_plain_login_will_do(login):
    assert LOGIN.fullmatch(login)


@pytest.mark.parametrize("login", ["", "Ida", "ida\n", ".ida", "äiti", "ida maija", "x" * 65, "\u0661"])
def test_any_other_login_will_not(login):
    assert not LOGIN.fullmatch(login)
