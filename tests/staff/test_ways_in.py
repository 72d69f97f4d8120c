"""Codes let people in once; what one person must not do alone takes two, and the database holds to it as well."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from poukama.audit.models import AuditEvent
from poukama.gate.rules import OPERATOR
from poukama.gate.scope import within
from poukama.staff import access, actions, codes
from poukama.staff.models import Colleague, Member, WayIn
from poukama.staff.rules import Person, Purpose, Refusal, Refused, Role, Tenure, bearer
from tests.people import LONG_AGO, acting, come_in, invited, make_centre, make_member

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
HASH = codes.hash_of("K7QM42MX9PZT")


@pytest.fixture
def ida() -> Member:
    return make_member(Role.ADMINISTRATOR, login="ida")


@pytest.fixture
def kaisa() -> Member:
    return make_member(Role.MIDWIFE_COORDINATOR, login="kaisa")


@pytest.fixture
def maija() -> Member:
    """A midwife who has come in."""
    return come_in(invited("maija")[0])


def colleague(member: Member) -> Colleague:
    return Colleague(Member.objects.get(pk=member.pk), make_centre())


def refused(reason: Refusal) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=f"^{reason}$")


# ── Invited ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_administrator_invites_somebody_with_a_post_and_a_code(ida):
    way, code = invited("saga", Role.DOCTOR, by=acting(ida))
    assert (way.member.login, way.purpose, way.asked_by) == ("saga", Purpose.JOIN, f"member:{ida.pk}")
    assert way.member.posts.get().role == Role.DOCTOR
    assert not way.member.has_usable_password()
    with within(way.centre_id):
        assert AuditEvent.objects.filter(event="member.invited", target=f"staff.wayin:{way.pk}").count() == 1
    assert code not in str(WayIn.objects.values())
    assert str(way) == f"way in of {way.member_id}"


def test_the_same_invitation_sent_twice_is_one(ida):
    way, code = invited(by=acting(ida))
    known: dict[str, Any] = {
        "person": Person("Saga", "fi"),
        "tenure": Tenure(Role.MIDWIFE, LONG_AGO),
        "by": acting(ida),
    }
    again = actions.invite(make_centre(), login="saga", code_hash=codes.hash_of(code), at=LONG_AGO, **known)
    assert again == way
    assert Member.objects.filter(login="saga").count() == 1


def test_a_login_is_given_once(ida):
    invited("saga")
    with refused(Refusal.LOGIN_TAKEN):
        invited("saga")


def test_only_an_administrator_of_the_centre_invites(ida, kaisa):
    with pytest.raises(PermissionDenied):
        invited(by=acting(kaisa))
    with pytest.raises(Http404):
        invited(by=acting(ida), centre=make_centre("laakso"))


# ── Coming in ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_code_lets_in_once():
    _, code = invited()
    bearer = access.way_in_of(codes.hash_of(code), LONG_AGO)
    used = actions.come_in(bearer.way_in, hashed=make_password("a long sentence"), by=bearer.actor, at=LONG_AGO)
    assert used.used_at == LONG_AGO
    assert check_password("a long sentence", used.member.password)
    with refused(Refusal.CODE_USED):
        actions.come_in(bearer.way_in, hashed="another", by=bearer.actor, at=LONG_AGO)
    with refused(Refusal.CODE_USED):
        access.way_in_of(codes.hash_of(code), LONG_AGO)


def test_a_code_expires_and_until_then_is_found_again():
    way, code = invited()
    week = LONG_AGO + dt.timedelta(days=7)
    assert access.way_in_again(way.pk, week - HOUR).way_in == way
    with refused(Refusal.CODE_EXPIRED):
        access.way_in_of(codes.hash_of(code), week)
    with refused(Refusal.CODE_EXPIRED):
        come_in(way, at=week)


def test_a_code_that_nobody_has_made_is_not_known():
    with refused(Refusal.CODE_UNKNOWN):
        access.way_in_of(HASH, LONG_AGO)


def test_nobody_comes_in_with_anothers_way(ida):
    way, _ = invited()
    with pytest.raises(PermissionDenied):
        actions.come_in(way, hashed="theirs", by=acting(ida), at=LONG_AGO)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_code_at_once_one_comes_in():
    way, _ = invited()
    by = bearer(way.member_id, way.centre_id)
    start, won = threading.Barrier(2), []

    def use(hashed: str) -> None:
        start.wait(10)
        try:
            with suppress(Refused):
                actions.come_in(way, hashed=hashed, by=by, at=LONG_AGO)
                won.append(hashed)
        finally:
            connection.close()

    both = [threading.Thread(target=use, args=(hashed,)) for hashed in ("one", "other")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(20)
    assert [Member.objects.get(pk=way.member_id).password] == won


def test_a_new_code_ends_the_one_before(ida):
    way, code = invited()
    new = actions.make_code(colleague(way.member), code_hash=HASH, by=acting(ida), at=LONG_AGO)
    assert actions.make_code(colleague(way.member), code_hash=HASH, by=acting(ida), at=LONG_AGO) == new
    with refused(Refusal.CODE_ENDED):
        access.way_in_of(codes.hash_of(code), LONG_AGO)
    assert access.way_in_of(HASH, LONG_AGO).way_in == new


def test_who_has_come_in_gets_no_code_from_one_person(ida, maija):
    with refused(Refusal.JOINED):
        actions.make_code(colleague(maija), code_hash=HASH, by=acting(ida), at=LONG_AGO)


def test_a_code_is_taken_back_once_and_a_used_one_never(ida):
    way, code = invited()
    ended = actions.end_way_in(way, by=acting(ida), at=LONG_AGO)
    assert actions.end_way_in(way, by=acting(ida), at=LONG_AGO + HOUR).ended_at == ended.ended_at == LONG_AGO
    with refused(Refusal.CODE_ENDED):
        access.way_in_of(codes.hash_of(code), LONG_AGO)
    other, _ = invited("other")
    come_in(other)
    assert actions.end_way_in(other, by=acting(ida), at=LONG_AGO).ended_at is None


# ── Another centre ───────────────────────────────────────────────────────────────────────────────────────────


def test_no_centre_lets_somebody_in_as_a_member_whom_another_took_in_first(ida, kaisa, maija):
    """By giving a post of its own, a centre would come to act at the other as them."""
    there = make_centre("laakso")
    new, joined = invited("elli", centre=there)[0].member, come_in(invited("laine", centre=there)[0])
    for member in (new, joined):
        actions.give_post(make_centre(), member=member, role=Role.DOCTOR, by=acting(ida), at=LONG_AGO)
    with refused(Refusal.AWAY):
        actions.make_code(colleague(new), code_hash=HASH, by=acting(ida), at=LONG_AGO)
    with refused(Refusal.AWAY):
        actions.ask_reset(colleague(joined), by=acting(kaisa), at=LONG_AGO)
    assert not access.member_at(make_centre(), joined.pk, by=acting(ida), at=LONG_AGO).at_home
    # Nor does it by confirming what was asked while it still answered for them.
    asked = actions.ask_reset(colleague(joined), by=OPERATOR, at=LONG_AGO)
    with refused(Refusal.AWAY):
        actions.confirm_reset(asked, code_hash=HASH, by=acting(ida), at=LONG_AGO)


def test_when_the_first_centre_has_ended_its_post_the_next_answers_for_them(ida, kaisa):
    laine = come_in(invited("laine", centre=make_centre("laakso"))[0])
    actions.give_post(make_centre(), member=laine, role=Role.DOCTOR, by=acting(ida), at=LONG_AGO)
    actions.end_post(laine.posts.order_by("id")[0], ends=LONG_AGO, by=OPERATOR, at=LONG_AGO)
    assert actions.ask_reset(colleague(laine), by=acting(kaisa), at=LONG_AGO).member == laine


# ── A lost second factor ─────────────────────────────────────────────────────────────────────────────────────


def test_one_asks_and_nothing_changes_another_confirms_and_a_code_opens(ida, kaisa, maija):
    asked = actions.ask_reset(colleague(maija), by=acting(kaisa), at=LONG_AGO)
    assert Member.objects.get(pk=maija.pk).has_usable_password()
    confirmed = actions.confirm_reset(asked, code_hash=HASH, by=acting(ida), at=LONG_AGO + HOUR)
    assert not Member.objects.get(pk=maija.pk).has_usable_password()
    assert (confirmed.asked_by, confirmed.confirmed_by) == (f"member:{kaisa.pk}", f"member:{ida.pk}")
    assert confirmed.expires_at == LONG_AGO + HOUR + DAY
    assert come_in(access.way_in_of(HASH, LONG_AGO + HOUR).way_in, LONG_AGO + HOUR).has_usable_password()


def test_second_factors_are_forgotten_when_another_confirms_and_not_before(ida, kaisa, maija):
    for member in (maija, ida):
        Authenticator.objects.create(**{"user": member, "type": "totp", "data": {}})
        SocialAccount.objects.create(**{"user": member, "provider": "hospital", "uid": member.login})
    asked = actions.ask_reset(colleague(maija), by=acting(kaisa), at=LONG_AGO)
    assert Authenticator.objects.count() == SocialAccount.objects.count() == 2
    actions.confirm_reset(asked, code_hash=HASH, by=acting(ida), at=LONG_AGO)
    assert Authenticator.objects.get().user_id == SocialAccount.objects.get().user_id == ida.pk


def test_asking_twice_is_asking_once_and_confirming_twice_confirming_once(ida, kaisa, maija):
    asked = actions.ask_reset(colleague(maija), by=acting(kaisa), at=LONG_AGO)
    assert actions.ask_reset(colleague(maija), by=acting(ida), at=LONG_AGO) == asked
    confirmed = actions.confirm_reset(asked, code_hash=HASH, by=acting(ida), at=LONG_AGO)
    again = actions.confirm_reset(asked, code_hash=HASH, by=acting(ida), at=LONG_AGO + HOUR)
    assert again.expires_at == confirmed.expires_at


Steps = Callable[[Member, Member, Member], object]


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (lambda ida, kaisa, maija: actions.ask_reset(colleague(ida), by=acting(ida), at=LONG_AGO), Refusal.ONESELF),
        (lambda ida, kaisa, maija: confirmed(kaisa, kaisa, maija), Refusal.SAME_PERSON),
        (lambda ida, kaisa, maija: confirmed(kaisa, ida, ida), Refusal.ONESELF),
        (lambda ida, kaisa, maija: confirmed(kaisa, ida, maija, later=DAY), Refusal.CODE_EXPIRED),
    ],
)
def test_nobody_lets_themselves_in_and_nobody_alone(step: Steps, reason, ida, kaisa, maija):
    with refused(reason):
        step(ida, kaisa, maija)
    assert Member.objects.get(pk=maija.pk).has_usable_password()


def confirmed(first: Member, second: Member, whom: Member, later: dt.timedelta = HOUR) -> WayIn:
    Member.objects.filter(pk=whom.pk).update(password=make_password("a long sentence"))
    asked = actions.ask_reset(colleague(whom), by=acting(first), at=LONG_AGO)
    return actions.confirm_reset(asked, code_hash=HASH, by=acting(second), at=LONG_AGO + later)


def test_a_request_is_confirmed_once(ida, kaisa, maija):
    asked = confirmed(kaisa, ida, maija)
    with refused(Refusal.CODE_USED):
        actions.confirm_reset(asked, code_hash=codes.hash_of("other"), by=acting(ida), at=LONG_AGO + HOUR)


def test_who_has_never_come_in_needs_no_two_people(ida):
    way, _ = invited()
    with refused(Refusal.NOT_JOINED):
        actions.ask_reset(colleague(way.member), by=acting(ida), at=LONG_AGO)


def test_a_request_of_one_centre_gives_way_to_that_of_another(ida, kaisa, maija):
    here = actions.ask_reset(colleague(maija), by=acting(kaisa), at=LONG_AGO)
    there = make_centre("laakso")
    actions.give_post(there, member=maija, role=Role.MIDWIFE, by=OPERATOR, at=LONG_AGO)
    new = actions.ask_reset(Colleague(maija, there), by=OPERATOR, at=LONG_AGO)
    assert new != here
    with refused(Refusal.CODE_ENDED):
        actions.confirm_reset(here, code_hash=HASH, by=acting(ida), at=LONG_AGO)


def test_the_command_line_may_do_both(maija):
    asked = actions.ask_reset(colleague(maija), by=OPERATOR, at=LONG_AGO)
    assert actions.confirm_reset(asked, code_hash=HASH, by=OPERATOR, at=LONG_AGO).confirmed_by == "operator"


@pytest.mark.parametrize(
    "known",
    [
        {"asked_by": "member:9", "confirmed_by": "member:9"},
        {"asked_by": "member:9", "confirmed_by": ""},
        {"asked_by": "member:9", "confirmed_by": "member:{own}"},
        {"asked_by": "member:{own}", "confirmed_by": "member:9"},
    ],
)
def test_the_database_holds_to_two_other_people(maija, known):
    people = {name: key.format(own=maija.pk) for name, key in known.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        WayIn.objects.create(
            member=maija,
            centre=make_centre(),
            purpose=Purpose.RESET,
            asked_at=LONG_AGO,
            expires_at=LONG_AGO,
            code_hash=HASH,
            **people,
        )


def test_one_way_in_stands_at_a_time(maija):
    known: dict[str, Any] = {"asked_by": "operator", "purpose": Purpose.JOIN, "member": maija, "centre": make_centre()}
    WayIn.objects.create(asked_at=LONG_AGO, expires_at=LONG_AGO, **known)
    with pytest.raises(IntegrityError), transaction.atomic():
        WayIn.objects.create(asked_at=LONG_AGO, expires_at=LONG_AGO, **known)
