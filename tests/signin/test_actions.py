"""Coming in, going out, and keeping what lets one in: who may, what is kept, and what the trail says."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import connection

from poukama.audit import trail
from poukama.core.vault import Unreadable
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.gate.scope import within
from poukama.signin import access, actions
from poukama.signin.models import WrongTry
from poukama.signin.rules import AT_THE_DOOR, Way, key_of, oneself
from poukama.signin.sealing import SealedSecrets, secrets_of
from tests.people import make_centre, make_member
from tests.signin.proofs import NOW, SECRET, code_at, make_insider

pytestmark = pytest.mark.django_db
KEY = key_of("maija", "s")
SOON = NOW + dt.timedelta(minutes=1)


def said() -> list[str]:
    with within(0):
        return [line.event for line in trail.lines(0)]


def paper(member) -> tuple[str, ...]:
    return access.paper_codes(member)


# ── Coming in and going out ──────────────────────────────────────────────────────────────────────────────────


def test_each_coming_and_going_is_a_line_that_names_the_member_and_nothing_else():
    member = make_insider()
    by = oneself(member.pk)
    actions.enter(member, way=Way.CODE, machine=b"m", key=KEY, by=by, at=NOW)
    actions.lock(member, by=by, at=NOW)
    actions.unlock(member, key=KEY, by=by, at=NOW)
    actions.leave(member, by=by, at=NOW)
    assert said()[-4:] == ["signin.entered", "signin.locked", "signin.unlocked", "signin.left"]
    with within(0):
        assert {line.actor for line in trail.lines(0)[-4:]} == {f"member:{member.pk}"}


def test_nobody_comes_in_or_sets_up_a_step_for_another():
    maija, kaisa = make_insider(), make_member(login="kaisa")
    for write in (actions.leave, actions.lock, actions.make_paper, actions.unlink, actions.remove_step):
        with pytest.raises(PermissionDenied):
            write(maija, by=oneself(kaisa.pk), at=NOW)


def test_a_try_in_vain_names_the_member_if_there_is_one_and_else_only_itself():
    member = make_insider()
    actions.refuse(INSTALLATION, key=KEY, member=member, by=AT_THE_DOOR, at=NOW)
    actions.refuse(INSTALLATION, key=KEY, by=AT_THE_DOOR, at=NOW)
    with within(0):
        targets = [line.target for line in trail.lines(0)[-2:]]
    assert targets[0] == f"staff.member:{member.pk}"
    assert targets[1].startswith("signin.wrongtry:")


def test_tries_are_forgotten_after_a_day_and_when_somebody_comes_in():
    member = make_insider()
    actions.refuse(INSTALLATION, key=b"old", by=AT_THE_DOOR, at=NOW - dt.timedelta(days=1))
    actions.refuse(INSTALLATION, key=KEY, by=AT_THE_DOOR, at=NOW)
    assert WrongTry.objects.count() == 1
    actions.enter(member, way=Way.PASSKEY, machine=b"", key=KEY, by=oneself(member.pk), at=NOW)
    assert not WrongTry.objects.exists()


# ── Codes ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_an_apps_code_holds_also_a_moment_late_or_early(seconds):
    member = make_insider()
    code = code_at(SOON + dt.timedelta(seconds=seconds))
    assert actions.use_code(member, code=code, by=oneself(member.pk), at=SOON) == member


@pytest.mark.parametrize("seconds", [-90, 90])
def test_an_older_or_later_code_does_not_hold(seconds):
    member = make_insider()
    with pytest.raises(actions.WrongCode):
        actions.use_code(member, code=code_at(SOON + dt.timedelta(seconds=seconds)), by=oneself(member.pk), at=SOON)


def test_a_code_holds_once_and_none_before_it_after_that():
    member = make_insider()
    by = oneself(member.pk)
    actions.use_code(member, code=code_at(SOON), by=by, at=SOON)
    for earlier in (0, -30):
        with pytest.raises(actions.WrongCode):
            actions.use_code(member, code=code_at(SOON + dt.timedelta(seconds=earlier)), by=by, at=SOON)


def test_each_paper_code_holds_once_and_spaces_do_not_matter():
    member = make_insider()
    by, codes = oneself(member.pk), paper(member)
    assert len(codes) == len(set(codes)) == 10
    actions.use_code(member, code=f"{codes[3][:4]} {codes[3][4:]}", by=by, at=SOON)
    with pytest.raises(actions.WrongCode):
        actions.use_code(member, code=codes[3], by=by, at=SOON)
    assert paper(member) == codes[:3] + codes[4:]
    assert access.steps_of(member).paper == 9


def test_new_paper_codes_end_the_old_ones():
    member = make_insider()
    old = paper(member)
    actions.make_paper(member, by=oneself(member.pk), at=NOW)
    assert not set(old) & set(paper(member))
    assert access.steps_of(member).paper == 10


def test_an_app_is_taken_only_with_its_own_code_and_in_place_of_the_one_before():
    member = make_insider()
    by, other = oneself(member.pk), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    with pytest.raises(actions.WrongCode):
        actions.add_app(member, secret=other, code=code_at(NOW), by=by, at=NOW)
    actions.add_app(member, secret=other, code=code_at(NOW, other), by=by, at=NOW)
    with pytest.raises(actions.WrongCode):
        actions.use_code(member, code=code_at(SOON), by=by, at=SOON)
    actions.use_code(member, code=code_at(SOON, other), by=by, at=SOON)


def test_the_last_second_step_stays():
    member = make_insider()
    by = oneself(member.pk)
    with pytest.raises(actions.WrongCode):
        actions.remove_step(member, by=by, at=NOW)
    actions.add_passkey(member, name="Phone", credential={}, by=by, at=NOW)
    key = access.steps_of(member).passkeys[0]
    actions.remove_step(member, by=by, at=NOW)
    assert not access.steps_of(member).app
    with pytest.raises(actions.WrongCode):
        actions.remove_step(member, passkey=key.pk, by=by, at=NOW)
    with pytest.raises(actions.WrongCode):
        actions.remove_step(member, passkey=key.pk + 1, by=by, at=NOW)


def test_one_of_two_passkeys_can_go():
    member = make_insider(app=False)
    by = oneself(member.pk)
    for name in ("Phone", "Key"):
        actions.add_passkey(member, name=name, credential={}, by=by, at=NOW)
    phone, key = access.steps_of(member).passkeys
    actions.use_passkey(member, passkey=Authenticator.objects.get(pk=key.pk), by=by, at=SOON)
    actions.remove_step(member, passkey=phone.pk, by=by, at=NOW)
    assert [(each.name, each.used_at) for each in access.steps_of(member).passkeys] == [("Key", SOON)]


# ── Secrets ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_secret_of_a_second_step_stands_in_the_table():
    member = make_insider()
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(a::text, ' ') from mfa_authenticator a")
        table = cursor.fetchone()[0]
    assert "used_mask" in table
    for secret in (SECRET, *paper(member)):
        assert secret not in table
    held = Authenticator.objects.get(type="recovery_codes").data["seed"]
    with secrets_of(member):
        seed = SealedSecrets().decrypt(held)
    assert seed not in table


def test_a_secret_moved_to_another_member_opens_nothing():
    maija, kaisa = make_insider(), make_insider("kaisa")
    theirs = Authenticator.objects.get(user=kaisa, type="totp").data
    Authenticator.objects.filter(user=maija, type="totp").update(data=theirs)
    with pytest.raises(Unreadable):
        actions.use_code(maija, code=code_at(SOON), by=oneself(maija.pk), at=SOON)


def test_without_a_member_named_nothing_is_sealed():
    with pytest.raises(LookupError):
        SealedSecrets().encrypt("secret")


# ── The organisation ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_subject_belongs_to_one_member_and_nothing_else_is_kept_of_it():
    maija, kaisa = make_insider(), make_insider("kaisa")
    actions.link(maija, provider="organisation", subject="s-1", by=oneself(maija.pk), at=NOW)
    actions.link(maija, provider="organisation", subject="s-1", by=oneself(maija.pk), at=NOW)
    with pytest.raises(actions.WrongCode):
        actions.link(kaisa, provider="organisation", subject="s-1", by=oneself(kaisa.pk), at=NOW)
    assert access.of_organisation("organisation", "s-1") == maija
    assert access.of_organisation("organisation", "s-2") is None
    assert SocialAccount.objects.get().extra_data == {}
    assert access.steps_of(maija).organisation
    actions.unlink(maija, by=oneself(maija.pk), at=NOW)
    assert access.of_organisation("organisation", "s-1") is None


# ── The way back ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_colleagues_code_lifts_once_and_for_ten_minutes():
    maija, kaisa = make_insider(), make_insider("kaisa")
    actions.refuse(INSTALLATION, key=KEY, by=AT_THE_DOOR, at=NOW)
    actions.make_lift(maija, made_by=kaisa, code=b"c", by=oneself(kaisa.pk), at=NOW)
    by = oneself(maija.pk)
    for code, at in ((b"d", NOW), (b"c", NOW + dt.timedelta(minutes=10))):
        with pytest.raises(actions.WrongCode):
            actions.use_lift(maija, code=code, key=KEY, by=by, at=at)
    actions.use_lift(maija, code=b"c", key=KEY, by=by, at=SOON)
    assert not WrongTry.objects.exists()
    with pytest.raises(actions.WrongCode):
        actions.use_lift(maija, code=b"c", key=KEY, by=by, at=SOON)


def test_nobody_lifts_for_themselves_or_for_somebody_of_another_centre():
    maija, laakso = make_insider(), make_insider("pia", centre=make_centre("laakso"))
    for member in (maija, laakso):
        with pytest.raises(PermissionDenied):
            actions.make_lift(member, made_by=maija, code=b"c", by=oneself(maija.pk), at=NOW)


def test_the_command_line_lets_somebody_try_again():
    maija = make_insider()
    actions.refuse(INSTALLATION, key=KEY, by=AT_THE_DOOR, at=NOW)
    actions.let_try(maija, key=KEY, by=OPERATOR, at=NOW)
    assert not WrongTry.objects.exists()


def test_being_shut_out_is_a_line():
    actions.shut_out(make_insider(), by=AT_THE_DOOR, at=NOW)
    assert said()[-1] == "signin.shut_out"
