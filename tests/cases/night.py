"""A case in the middle of its night: what a caller has told, what they say on arrival, and a team that meets them."""

from uuid import UUID, uuid4

from poukama.cases import access, actions
from poukama.cases.models import Case
from poukama.cases.rules import Source
from poukama.cases.told import Fact as Heard
from poukama.cases.told import Said, Telling, Topic
from poukama.centres.models import Centre
from poukama.clients import actions as clients
from poukama.clients.reach import Channel, Way
from poukama.clients.rules import Examiner, Wish, Wishes
from poukama.core.hours import Hours
from poukama.protocols.rules import Interval
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.cases.pages import client_of
from tests.cases.working import AT, HOUR, MINUTE, into, make_case, make_colleague, now, opened, tell, timed

CALL = AT - HOUR
IN_CALL = Source(heard_at=CALL, contact=UUID(int=7))
WEEKDAYS = "Mo,Tu,We,Th,Fr 14:00-15:00"
TOLD = (
    timed(Interval(AT - 7 * HOUR, AT - 4 * HOUR)),
    Telling(Topic.INJURIES, Said.NO),
    Telling(Topic.WANTS, codes=frozenset({"care", "samples"})),
    Telling(Topic.POLICE_REPORT, codes=frozenset({"undecided"})),
    Telling(Topic.SAFE_NOW, Said.YES),
)


def make_night(centre: Centre, maija: Member, **known: object) -> Case:
    """A case with what was told on the telephone and on arrival."""
    case = make_case(maija, centre, when=CALL)
    tell(case, maija, *TOLD, source=IN_CALL)
    tell(case, maija, Telling(Topic.COMPANION, codes=frozenset({"sibling"})))
    of = client_of(case, maija)
    clients.add_to_identity(of, said={"language": "sv", **known}, **now(maija))
    zone, country = centre.zone, centre.country
    way = Way(uuid4(), Channel.CALL, True, "040 000 0000", Hours(WEEKDAYS, zone, country), AT, name_we_say="Maija")
    clients.tell_way(of, way=way, **now(maija))
    wishes = Wishes(examiner=Examiner.WOMAN, interpreter=Wish.NOT_WISHED, avoid="Selitä ensin")
    clients.tell_wishes(of, wishes=wishes, **now(maija))
    return case


def correct(case: Case, maija: Member, topic: Topic, telling: Telling) -> None:
    """The first thing told of a topic, corrected a minute later."""
    fact: Heard = access.facts(opened(case, maija)).picture[topic][0].fact
    actions.correct(into(case, maija), fact=fact, telling=telling, key=uuid4(), **now(maija, AT + MINUTE))


def join(case: Case, maija: Member, *roles: Role) -> list[Member]:
    """Colleagues in these roles, on the team."""
    members = [make_colleague(role, case.centre) for role in roles]
    for member, role in zip(members, roles, strict=True):
        actions.join_team(into(case, maija), member=member, role=role, key=uuid4(), **now(maija))
    return members
