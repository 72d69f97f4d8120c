"""A night that goes on from a call: a case with what was told, a visit, tasks and a private note. No event is told."""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from poukama.cases import access, actions
from poukama.cases.models import Case, Task, Visit
from poukama.cases.rules import Doing, Present, There, Title, Turn, Wording
from poukama.cases.told import Said, Telling, Topic
from poukama.cases.walls import Section
from poukama.centres.models import Centre
from poukama.protocols.rules import Interval
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases.working import AT, into, make_case, make_colleague, now, tell, timed
from tests.factories import at

MORNING = at("2026-11-24T08:10")
# Words that stand behind a wall or a private note; a page must not hold them for whoever may not read them.
STORY, HEALTH, THERAPY, SOCIAL = "kylmä huone", "kanarian saaret", "uni palaa hiljaa", "vuokra on maksettu"
OWN = "en halua jäädä yksin"


@dataclass(frozen=True)
class Staff:
    """Who works there."""

    maija: Member
    kaisa: Member
    laine: Member
    pia: Member
    sini: Member
    hanna: Member


def make_staff(centre: Centre, maija: Member | None = None, language: str = "fi") -> Staff:
    """One of each, with a name to sign in by."""

    def one(role: Role, login: str, name: str) -> Member:
        return make_colleague(role, centre, login, name=name, language=language)

    return Staff(
        maija=maija or one(Role.MIDWIFE, "maija", "Maija Marttila"),
        kaisa=one(Role.MIDWIFE_COORDINATOR, "kaisa", "Kaisa Koskela"),
        laine=one(Role.DOCTOR, "laine", "Leena Laine"),
        pia=one(Role.PSYCHOLOGIST, "pia", "Pia Peltola"),
        sini=one(Role.SOCIAL_WORKER, "sini", "Sini Saari"),
        hanna=one(Role.CHAPLAIN, "hanna", "Hanna Holm"),
    )


@dataclass(frozen=True)
class Made:
    """The case of the night, with its visit and a task."""

    case: Case
    visit: Visit
    task: Task


def make_night(centre: Centre, staff: Staff) -> Made:
    """The case of the night as it stands at twenty past three."""
    maija, began = staff.maija, AT - dt.timedelta(minutes=66)
    case = make_case(maija, centre, when=began)
    others = {
        staff.kaisa: Role.MIDWIFE_COORDINATOR,
        staff.laine: Role.DOCTOR,
        staff.pia: Role.PSYCHOLOGIST,
        staff.sini: Role.SOCIAL_WORKER,
        staff.hanna: Role.CHAPLAIN,
    }
    for member, role in others.items():
        actions.join_team(into(case, maija), member=member, role=role, key=uuid4(), **now(maija))
    evening = Interval(at("2026-11-23T20:00"), at("2026-11-23T23:00"))
    tell(case, maija, timed(evening), Telling(Topic.COMPANION, codes=frozenset({"sibling"})), when=began)
    tell(
        case,
        maija,
        Telling(Topic.INJURIES, Said.NO),
        Telling(Topic.ALLERGIES, Said.YES, words=HEALTH),
        Telling(Topic.POLICE_REPORT, codes=frozenset({"undecided"})),
        Telling(Topic.PLACE, codes=frozenset({"other"}), words=STORY),
        Telling(Topic.WANTS, codes=frozenset({"care"}), words=OWN, own_words=True),
        when=began + dt.timedelta(minutes=3),
    )
    visit = actions.arrive(into(case, maija), room="1", key=uuid4(), **now(maija))
    actions.be_there(into(case, maija), visit=visit, there=There(Present.COMPANION), key=uuid4(), **now(maija))
    task = actions.add_task(into(case, maija), doing=Doing(Title.PLAN, Turn(Role.MIDWIFE)), key=uuid4(), **now(maija))
    friday = Doing(Title.FOLLOW_UP, Turn(member=staff.pia.pk), due=at("2026-11-27T10:00"))
    actions.add_task(into(case, maija), doing=friday, key=uuid4(), **now(maija))
    _words(case, staff)
    return Made(case, visit, task)


def _words(case: Case, staff: Staff) -> None:
    """What the psychologist and the social worker have written, each in their own section."""
    note = actions.begin_note(
        into(case, staff.pia),
        wording=Wording(Section.PSYCHOLOGICAL, THERAPY, private=True),
        key=uuid4(),
        **now(staff.pia),
    )
    actions.sign_note(into(case, staff.pia), note=note, **now(staff.pia))
    for member, section, words in (
        (staff.sini, Section.SOCIAL, SOCIAL),
        (staff.pia, Section.PSYCHOLOGICAL, THERAPY),
        (staff.maija, Section.HEALTH, HEALTH),
    ):
        actions.write(into(case, member), wording=Wording(section, words), key=uuid4(), **now(member))


def code_of(case: Case, member: Member) -> str:
    """The code of a case, as a member reads it in the list."""
    rows = access.case_list(case.centre, **now(member)).rows
    return next(row.code for row in rows if row.id == case.pk)
