"""Two records of one person stand together only if the client allows it; the registers read each other as is said."""

from uuid import uuid4

import pytest
from django.test import Client

from poukama.cases.actions import join_team
from poukama.cases.models import Case, Crossing
from poukama.cases.walls import Reach, Section
from poukama.centres.models import Centre
from poukama.clients import access as clients
from poukama.clients import actions as records
from poukama.clients.consents import Act, Answer, Purpose, Recipient
from poukama.clients.identity import IdentifierKind, Identity
from poukama.gate.rules import OPERATOR
from poukama.gate.scope import within
from poukama.staff.actions import give_post
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases.working import AT, into, make_case, make_colleague, now
from tests.clients.saying import make_entry, make_hetu
from tests.people import LONG_AGO, sign_in

pytestmark = pytest.mark.usefixtures("plain_static")
LINKING = Act(Purpose.LINKING, Recipient.CENTRE)


@pytest.fixture(autouse=True)
def at_night(monkeypatch):
    """The clock of every page stands at twenty past three."""
    monkeypatch.setattr("poukama.core.clock.now", lambda: AT)


@pytest.fixture
def sini(centre: Centre, kaisa: Member) -> Member:
    """A social worker who opens both cases in her role."""
    return make_colleague(Role.SOCIAL_WORKER, centre, "sini")


@pytest.fixture
def case(centre: Centre, sini: Member) -> Case:
    """A case without an identity code."""
    return make_case(sini, centre, role=Role.SOCIAL_WORKER)


@pytest.fixture
def official(centre: Centre, sini: Member) -> Case:
    """Another, whose client has given their identity code."""
    case = make_case(sini, centre, role=Role.SOCIAL_WORKER)
    identity = Identity(called="Aino", kind=IdentifierKind.OFFICIAL, identifier=make_hetu())
    records.tell_identity(case.client, identity=identity, **now(sini))
    return case


def code_of(case: Case, member: Member) -> str:
    return clients.head(case.client, **now(member)).code


def send(member: Member, case: Case, path: str, **given):
    return sign_in(Client(), member).post(f"/s/t/{case.pk}/{path}", {"key": uuid4(), **given})


def show(member: Member, case: Case, path: str) -> str:
    return sign_in(Client(), member).get(f"/s/t/{case.pk}/{path}").text


def allow(case: Case, member: Member) -> None:
    records.answer(case.client, entry=make_entry(Answer.YES, LINKING, said_at=AT), **now(member))


def test_records_stand_together_once_the_client_has_allowed_it_and_are_parted_again(case, official, sini):
    allow(case, sini)
    code = code_of(official, sini)
    for _ in range(2):
        send(sini, case, "kerrottu/yhdista", code=code.lower())
    assert code in show(sini, case, "kerrottu/yhdista")
    for _ in range(2):
        assert send(sini, case, "kerrottu/erota").status_code == 303
    assert "Yhdistä" in show(sini, case, "kerrottu/yhdista")


def test_without_the_clients_yes_nothing_is_joined_and_what_was_typed_stays(case, official, sini):
    code = code_of(official, sini)
    answer = send(sini, case, "kerrottu/yhdista", code=code)
    assert (answer.status_code, "Kysy ensin" in answer.text, code in answer.text) == (422, True, True)


@pytest.mark.parametrize("code", ["", "ZZ-ZZZZ", "\u202eAB", "x" * 41])
def test_a_code_that_finds_nobody_says_so(case, sini, code):
    allow(case, sini)
    answer = send(sini, case, "kerrottu/yhdista", code=code)
    assert (answer.status_code, 'class="error"' in answer.text) == (422, True)


def test_a_record_without_an_identity_code_is_none_to_join_to(case, centre, sini):
    allow(case, sini)
    other = make_case(sini, centre, role=Role.SOCIAL_WORKER, called="Vieno")
    answer = send(sini, case, "kerrottu/yhdista", code=code_of(other, sini))
    assert (answer.status_code, "henkilötunnus" in answer.text) == (422, True)


def test_a_midwife_joins_no_records(case, centre, sini):
    maija = make_colleague(Role.MIDWIFE, centre, "maija")
    assert send(maija, case, "kerrottu/yhdista", code="AB").status_code == 403


def test_whoever_is_there_only_as_a_chaplain_joins_nothing_though_they_may_elsewhere(case, centre, sini):
    hanna = make_colleague(Role.CHAPLAIN, centre, "hanna")
    give_post(centre, member=hanna, role=Role.SOCIAL_WORKER, by=OPERATOR, at=LONG_AGO)
    join_team(into(case, sini), member=hanna, role=Role.CHAPLAIN, key=uuid4(), **now(sini))
    for path in ("kerrottu/yhdista", "kerrottu/erota", "tiimi/rekisterit"):
        assert send(hanna, case, path, code="AB", allowed="yes", ground="consent").status_code == 403


def test_the_registers_read_each_other_as_the_client_says_and_no_longer(case, sini):
    assert into(case, sini).reach[Section.HEALTH] < Reach.READS
    assert send(sini, case, "tiimi/rekisterit", allowed="yes", ground="consent").status_code == 303
    assert into(case, sini).reach[Section.SOCIAL] is Reach.WRITES
    with within(case.centre_id):
        assert Crossing.objects.get(case=case).allowed
    assert send(sini, case, "tiimi/rekisterit", allowed="no", ground="consent").status_code == 303
    with within(case.centre_id):
        assert [row.allowed for row in Crossing.objects.filter(case=case).order_by("at", "pk")].count(False) == 1


def test_a_law_is_named_or_the_registers_stay_apart(case, sini):
    answer = send(sini, case, "tiimi/rekisterit", allowed="yes", ground="law", words=" ")
    assert (answer.status_code, "checked" in answer.text) == (422, True)
    named = send(sini, case, "tiimi/rekisterit", allowed="yes", ground="law", words="an example law", told="on")
    assert named.status_code == 303
    with within(case.centre_id):
        assert Crossing.objects.get(case=case).told_at == AT
