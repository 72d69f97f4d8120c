"""A case in which every word that can be told is one that nobody else uses: whoever finds one knows where it leaked."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from poukama.cases import access, actions
from poukama.cases.inside import NotLetIn
from poukama.cases.models import Case
from poukama.cases.need import GlassReason, Purpose
from poukama.cases.rules import Doing, Draft, Present, Ref, There, Title, Turn, Wording
from poukama.cases.told import Said, Telling, Topic
from poukama.cases.walls import Section
from poukama.centres.models import Centre
from poukama.clients import actions as clients
from poukama.clients import rules
from poukama.clients.consents import Answer
from poukama.clients.identity import IdentifierKind, Identity
from poukama.clients.reach import Answering, Channel
from poukama.core import clock
from poukama.legal import actions as legal
from poukama.legal.models import Notice
from poukama.legal.rules import Written
from poukama.staff.access import standing
from poukama.staff.models import Member
from tests.cases.working import make_case
from tests.clients.saying import make_entry, make_ground, make_hetu, make_way

STORY, HEALTH, IDENTITY, LEGAL = Section.STORY, Section.HEALTH, Section.IDENTITY, Section.LEGAL


@dataclass
class Sown:
    """Words that were told, and the case they were told in."""

    mark: str
    words: set[str] = field(default_factory=set)
    # Those whose section the walls speak of.
    sections: dict[str, Section] = field(default_factory=dict)
    case: Case = None  # type: ignore[assignment]
    notice: Notice = None  # type: ignore[assignment]

    def word(self, name: str, section: Section | None = None) -> str:
        """A word for a field, which says where it was from if it is found."""
        self.words.add(word := f"{self.mark}{name}äö")
        if section is not None:
            self.sections[word] = section
        return word

    def known(self, text: str) -> str:
        """Something told that has a shape of its own, as a number has."""
        self.words.add(text)
        return text


def sow(centre: Centre, member: Member, colleague: Member, mark: str, *, individual: str = "901") -> Sown:
    """Tell everything, as a midwife; a colleague in another role breaks the glass and gives a reason."""
    at = clock.now()
    by, sown = standing(member, at).actor, Sown(mark)
    now: dict[str, Any] = {"by": by, "at": at}
    sown.case = case = make_case(member, centre, when=at, called=sown.word("called", IDENTITY))
    sown.known(access.search(centre, sown.mark, **now).rows[0].code)
    _tell_of_oneself(sown, now, individual)
    entered = access.enter(Ref(centre.pk, case.pk), **now)
    told = Telling(Topic.ACCOUNT, words=sown.word("account", STORY), own_words=True)
    actions.tell(
        entered,
        tellings=(told, Telling(Topic.NECK, Said.NO, words=sown.word("neck", HEALTH))),
        key=uuid4(),
        **now,
    )
    actions.write(entered, wording=Wording(Section.HEALTH, sown.word("entry", HEALTH)), key=uuid4(), **now)
    doing = Doing(Title.OTHER, Turn(member=member.pk), sown.word("task", HEALTH), section=Section.HEALTH)
    actions.add_task(entered, doing=doing, key=uuid4(), **now)
    note = actions.begin_note(entered, wording=Wording(Section.HEALTH, sown.word("note", HEALTH)), key=uuid4(), **now)
    actions.save_note(entered, note=note, draft=Draft(sown.word("saved", HEALTH), uuid4(), 1, 0), **now)
    actions.sign_note(entered, note=note, **now)
    actions.add_addendum(entered, note=note, words=sown.word("addendum", HEALTH), key=uuid4(), **now)
    visit = actions.arrive(entered, key=uuid4(), **now)
    somebody = There(Present.COMPANION, words=sown.word("companion", IDENTITY))
    actions.be_there(entered, visit=visit, there=somebody, key=uuid4(), **now)
    sown.notice = legal.begin(entered, recipient="police", key=uuid4(), **now)
    written = Written(sown.word("whom", LEGAL), sown.word("notice", LEGAL), 0)
    legal.write(entered, notice=sown.notice, written=written, **now)
    _break_glass(sown, colleague)
    return sown


def _tell_of_oneself(sown: Sown, now: dict[str, Any], individual: str) -> None:
    client = sown.case.client
    identity = Identity(
        called=sown.word("called", IDENTITY),
        name=f"{sown.word('first', Section.IDENTITY)} {sown.word('surname', Section.IDENTITY)}",
        kind=IdentifierKind.OFFICIAL,
        identifier=sown.known(make_hetu("131052", "-", individual)),
        gender_words=sown.word("gender", IDENTITY),
        address=sown.word("address"),
        municipality=sown.word("municipality"),
        gives_away=sown.word("givesaway"),
        shielded=True,
    )
    clients.tell_identity(client, identity=identity, **now)
    way = make_way(
        key=uuid4(),
        channel=Channel.CALL,
        address=sown.known(f"040 123 4{individual}"),
        answering=Answering.NAMED,
        said_at=now["at"],
        **{name: sown.word(name.replace("_", "")) for name in ("who_answers", "name_we_say", "code_word")},
    )
    clients.tell_way(client, way=way, **now)
    wishes = rules.Wishes(
        examiner_words=sown.word("examiner", IDENTITY),
        support_words=sown.word("support", IDENTITY),
        avoid=sown.word("avoid", IDENTITY),
        breaks=sown.word("breaks", IDENTITY),
        other=sown.word("other", IDENTITY),
    )
    clients.tell_wishes(client, wishes=wishes, **now)
    person = rules.ClosePerson(
        uuid4(),
        rules.Closeness.FRIEND,
        sown.word("friend", IDENTITY),
        knows=sown.word("knows", IDENTITY),
    )
    clients.tell_close_person(client, person=person, **now)
    clients.tell_relation(client, told=rules.Told(rules.Relation.STRANGER, sown.word("relation", STORY)), **now)
    _consent(sown, now)


def _consent(sown: Sown, now: dict[str, Any]) -> None:
    client = sown.case.client
    entry = replace(make_entry(Answer.YES), said_at=now["at"], own_words=sown.word("consent", LEGAL))
    clients.answer(client, entry=entry, **now)
    ground = make_ground(
        key=uuid4(), reason=sown.word("ground", LEGAL), told_at=None, untold=sown.word("untold", LEGAL)
    )
    clients.name_ground(client, ground=replace(ground, named_at=now["at"], ends=ground.ends.replace(year=2099)), **now)


def _break_glass(sown: Sown, colleague: Member) -> None:
    at = clock.now()
    by, ref = standing(colleague, at).actor, Ref(sown.case.centre_id, sown.case.pk)
    try:
        access.open_case(ref, purpose=Purpose.CARE, by=by, at=at)
    except NotLetIn:
        words = sown.word("glass")
        actions.break_glass(ref, reason=GlassReason.CLIENT_HERE, words=words, key=uuid4(), by=by, at=at)
