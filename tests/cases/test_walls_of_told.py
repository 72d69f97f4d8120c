"""The walls through the pages: each role, each section, on what is told and what the client has said and answered."""

from uuid import uuid4

import pytest

from poukama.cases import actions
from poukama.cases.rules import Allowed, Ground
from poukama.cases.told import ABOUT, Said, Telling, Topic
from poukama.cases.walls import KEEPS, REGISTERS, WALLS, Reach, Register, Section
from poukama.clients import actions as clients
from poukama.clients.rules import Closeness, ClosePerson, Relation, Told, Wishes
from poukama.gate.rules import Permission
from poukama.staff.models import Member
from poukama.staff.rules import HOLDERS, Role
from tests.cases.night import join
from tests.cases.pages import CONSENTS, TOLD, Pages, client_of
from tests.cases.working import into, make_case, make_colleague, now, tell

pytestmark = pytest.mark.usefixtures("plain_static", "at_night")

# A word of each section that stands nowhere else, told of a topic that the section holds.
TOPICS = {section: topic for topic, about in reversed(list(ABOUT.items())) if (section := about.section)}
CANARY = {section: f"kanaria-{section}" for section in TOPICS}
OWN = {"called": "Kanariainen", "wish": "kanaria-toive", "close": "kanaria-sisko", "relation": "kanaria-suhde"}
INSIDE = sorted(HOLDERS[Permission.CASE_READ])
OUTSIDE = sorted(set(Role) - HOLDERS[Permission.CASE_READ])
CELLS = [(role, section) for role in INSIDE for section in TOPICS]


def reach(role, section, *, joined=False):
    """What the table says, and no further than the registers let."""
    said = WALLS[role][section]
    if REGISTERS[section] in (Register.COMMON, KEEPS.get(role)):
        return said
    return min(said, Reach.READS if joined else Reach.KNOWS)


@pytest.fixture
def case(centre, maija):
    """A case in which something is told in every section."""
    case = make_case(maija, centre, called=OWN["called"])
    (sini,) = join(case, maija, Role.SOCIAL_WORKER)
    for section, topic in TOPICS.items():
        teller = sini if section is Section.SOCIAL else maija
        tell(case, teller, Telling(topic, Said.TOLD, words=CANARY[section]))
    of = client_of(case, maija)
    clients.tell_wishes(of, wishes=Wishes(avoid=OWN["wish"]), **now(maija))
    person = ClosePerson(uuid4(), Closeness.SIBLING, name=OWN["close"])
    clients.tell_close_person(of, person=person, **now(maija))
    clients.tell_relation(of, told=Told(Relation.NOT_SAID, OWN["relation"]), **now(maija))
    return case


@pytest.fixture
def as_role(case, centre, maija):
    """The case's pages as somebody in a role meets them."""

    def pages(role):
        if role is Role.SOCIAL_WORKER:
            return Pages(case, Member.objects.get(login=role.value))
        return Pages(case, join(case, maija, role)[0])

    return pages


@pytest.mark.parametrize("role", INSIDE)
def test_a_role_reads_of_what_is_told_as_far_as_its_wall(as_role, role):
    text = as_role(role).get(TOLD).text
    for section, canary in CANARY.items():
        assert (canary in text) == (reach(role, section) >= Reach.READS), section
        # That something is there is known, or not even that.
        assert (f'id="part-{section}"' in text) == (reach(role, section) > Reach.NOTHING), section


@pytest.mark.parametrize("role", INSIDE)
def test_once_the_registers_may_read_each_other_a_role_reads_as_the_table_says(as_role, case, maija, role):
    crossing = Allowed(allowed=True, ground=Ground.CONSENT)
    actions.let_registers_read(into(case, maija), crossing=crossing, key=uuid4(), **now(maija))
    text = as_role(role).get(TOLD).text
    for section, canary in CANARY.items():
        assert (canary in text) == (reach(role, section, joined=True) >= Reach.READS), section


@pytest.mark.parametrize(("role", "section"), CELLS)
def test_a_role_tells_as_far_as_its_wall_and_is_refused_beyond_it(as_role, role, section):
    pages, topic = as_role(role), TOPICS[section]
    writes = reach(role, section) >= Reach.WRITES and role in HOLDERS[Permission.CASE_WRITE]
    opened = pages.get(f"{TOLD}?topic={topic}")
    assert (opened.status_code == 200) == writes
    assert ('id="tell"' in opened.text) == writes
    assert (f"?topic={topic}" in pages.get(TOLD).text) == writes
    assert pages.tell(topic, words="lisäys").status_code == (303 if writes else 403)


@pytest.mark.parametrize("role", INSIDE)
def test_a_role_reads_the_clients_own_part_as_far_as_its_wall(as_role, role):
    text = as_role(role).get(TOLD).text
    for name in ("called", "wish", "close"):
        assert (OWN[name] in text) == (reach(role, Section.IDENTITY) >= Reach.READS), name
    assert (OWN["relation"] in text) == (reach(role, Section.STORY) >= Reach.READS)


@pytest.mark.parametrize("role", INSIDE)
@pytest.mark.parametrize(
    ("name", "section", "permission"),
    [
        ("henkilo", Section.IDENTITY, Permission.CLIENT_WRITE),
        ("osoite", Section.IDENTITY, Permission.WHEREABOUTS_READ),
        ("yhteys", Section.IDENTITY, Permission.CLIENT_WRITE),
        ("toiveet", Section.IDENTITY, Permission.CLIENT_WRITE),
        ("huoltajat", Section.IDENTITY, Permission.CLIENT_WRITE),
        ("laheinen", Section.IDENTITY, Permission.CLIENT_WRITE),
        ("suhde", Section.STORY, Permission.CLIENT_WRITE),
        ("suljettu", Section.IDENTITY, Permission.CLIENT_WRITE),
    ],
)
def test_a_role_changes_the_clients_own_part_as_far_as_its_wall(as_role, role, name, section, permission):
    pages = as_role(role)
    writes = reach(role, section) >= Reach.WRITES and role in HOLDERS[permission]
    shown, sent = pages.get(f"{TOLD}/{name}"), pages.post(f"{TOLD}/{name}", channel="x", member="x")
    assert (shown.status_code, sent.status_code in (303, 422)) == (200 if writes else 403, writes)
    assert writes or sent.status_code == 403
    linked = f'href="/s/t/{pages.case.pk}/{TOLD}/{name}"' in pages.get(TOLD).text
    # The page about guardians is led to only for somebody who may be under age, as here.
    assert linked == writes


@pytest.mark.parametrize("role", INSIDE)
def test_a_role_meets_the_consents_as_far_as_the_wall_of_the_law(as_role, role):
    pages, found = as_role(role), reach(role, Section.LEGAL)
    shown = pages.get(CONSENTS)
    assert ("act-release" in shown.text) == (found >= Reach.READS)
    assert ("<form" in shown.text) == (found >= Reach.WRITES)
    assert (f"{CONSENTS}" in pages.get(TOLD).text) == (found >= Reach.KNOWS)
    sent = pages.post(CONSENTS, **{"initial-answer_mouth": "not_asked", "answer_mouth": "yes"})
    assert sent.status_code == (303 if found >= Reach.WRITES else 403)
    for name in ("release", "tuloste"):
        assert (pages.get(f"{CONSENTS}/{name}").status_code == 200) == (found >= Reach.READS)


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_role_that_meets_no_clients_meets_none_of_these_pages(as_role, case, centre, role):
    pages = Pages(case, make_colleague(role, centre))
    for name in (TOLD, CONSENTS, f"{TOLD}/henkilo", f"{CONSENTS}/release", f"{CONSENTS}/tuloste"):
        assert pages.get(name).status_code == 403
    assert pages.tell(Topic.NECK, said="yes").status_code == 403


def test_every_section_in_which_something_is_told_is_tried():
    assert set(TOPICS) == {about.section for about in ABOUT.values()}
