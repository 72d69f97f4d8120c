"""The case of the demo by the morning: six consents, one not yet, whose turn it is, and a note for one reader."""

import pytest

from demo.load import load
from poukama.cases import access
from poukama.cases.need import Purpose
from poukama.cases.rules import Ref, Title
from poukama.centres.models import Centre
from poukama.clients import access as clients
from poukama.clients.consents import Answer
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.demo.test_contacts import MORNING
from tests.helpline.night import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    """The case, as one of the demo's people opens it in the morning."""
    load(MORNING)
    centre = Centre.objects.get(code="satama")

    def by(login: str):
        who = actor(Member.objects.get(login=login))
        (row,) = access.case_list(centre, by=who, at=MORNING).rows
        return access.open_case(Ref(centre.pk, row.id), purpose=Purpose.CARE, by=who, at=MORNING)

    return by


def test_six_consents_are_given_one_of_them_not_yet(opened):
    case = opened("maija").case
    ledger = clients.ledger(case.client, by=actor(Member.objects.get(login="maija")), at=MORNING)
    assert sorted(entry.answer for entry in ledger.entries) == sorted([Answer.YES] * 5 + [Answer.NOT_NOW])
    assert {entry.wording.state for entry in ledger.entries} != {"published"}


def test_the_team_is_there_and_each_task_has_its_turn(opened):
    case = opened("maija")
    assert {seat.role for seat in access.team(case)} == {
        Role.MIDWIFE,
        Role.DOCTOR,
        Role.PSYCHOLOGIST,
        Role.SOCIAL_WORKER,
        Role.CHAPLAIN,
    }
    turns = {task.title: task.turn for task in access.tasks(case)}
    assert turns == {Title.STORAGE_DECISION: Role.SOCIAL_WORKER, Title.STATEMENT: Role.DOCTOR}


def test_the_note_is_its_writers_alone(opened):
    (mine,), (theirs,) = access.notes(opened("pia")), access.notes(opened("sini"))
    assert (bool(mine.words), theirs.words, theirs.private) == (True, None, True)
