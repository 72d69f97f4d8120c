"""What happens when somebody comes: into a case, with what they told, who is with them and how they may be reached.

For `actions` alone, in the transaction of an action: all of it holds, or none.
"""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from poukama.cases import access, inside
from poukama.cases import actions as cases
from poukama.cases.inside import Entered
from poukama.cases.models import Case, Visit
from poukama.cases.rules import Beginning, Present, Source, There, Wording
from poukama.cases.rules import Ref as CaseRef
from poukama.cases.told import Telling, Topic
from poukama.cases.walls import Section
from poukama.centres.models import Centre
from poukama.clients import actions as clients
from poukama.clients.identity import Identity
from poukama.clients.rules import Wish, Wishes
from poukama.core import vault
from poukama.core.vault import Unreadable
from poukama.gate.rules import Actor
from poukama.helpline import opening, sealed
from poukama.helpline.answers import WORDS, Words
from poukama.helpline.arriving import Coming, Known, accompanied, known_of, not_elsewhere, same_hours, tellings
from poukama.helpline.models import Arrival, Contact
from poukama.helpline.rules import ArrivalState, Refusal, Refused, told_time
from poukama.helpline.writing import member_who_acts
from poukama.roster.access import is_on
from poukama.staff.rules import Role

# In which of their roles somebody receives a client: the first that they hold.
_RECEIVES = (Role.MIDWIFE, Role.MIDWIFE_COORDINATOR)


@dataclass(frozen=True, slots=True)
class Receiving:
    """One arrival on its way into a case: under the key of its form, from which each step has a key of its own."""

    centre: Centre
    coming: Coming
    contact: Contact | None
    key: UUID
    by: Actor
    at: dt.datetime

    @property
    def came(self) -> dt.datetime:
        """When they came."""
        return told_time(self.coming.arrived_at, self.at)

    @property
    def now(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.by, "at": self.at}

    def step(self, name: str) -> UUID:
        """The key of one step."""
        return uuid5(self.key, name)

    def before(self) -> Case | None:
        """The case that this form was received into already."""
        visit = Visit.objects.filter(pk=self.step("visit"), centre_id=self.centre.pk).select_related("case").first()
        return visit.case if visit else None

    def into_case(self) -> Entered:
        """Into the case that they have, or into a new one. Raises NotLetIn for one that is not open to whoever acts."""
        if self.coming.case:
            ref, on_duty = CaseRef(self.centre.pk, self.coming.case), is_on(self.centre, **self.now)
            return access.enter(ref, **self.now, on_duty=on_duty)
        coming = self.coming
        beginning = Beginning(self._role(), coming.called, coming.kind, coming.asked_by)
        case = cases.open_case(self.centre, beginning=beginning, key=self.key, **self.now)
        return access.enter(CaseRef(self.centre.pk, case.pk), **self.now)

    def _role(self) -> Role:
        held = inside.roles_at(member_who_acts(self.by), self.centre.pk, self.at)
        return next((role for role in _RECEIVES if role in held), Role.MIDWIFE)

    def keep(self, entered: Entered) -> None:
        """Write down that they are here, who is with them, and what they said of themselves."""
        coming = self.coming
        visit = cases.arrive(
            entered, key=self.step("visit"), room=coming.room, arrived_at=coming.arrived_at and self.came, **self.now
        )
        if accompanied(coming.company):
            there = There(Present.COMPANION)
            cases.be_there(entered, visit=visit, there=there, key=self.step("there"), **self.now)
        if coming.company:
            telling = Telling(Topic.COMPANION, codes=coming.company)
            cases.tell(entered, tellings=(telling,), key=self.step("company"), **self.now)
        if not coming.case:
            self._say_who(entered)
        if coming.way:
            clients.tell_way(entered.case.client, way=coming.way, key=self.step("way"), **self.now)
        if self.contact:
            Arrival.objects.filter(contact=self.contact, closed_at=None).update(
                state=ArrivalState.MET, closed_at=self.at
            )

    def _say_who(self, entered: Entered) -> None:
        """What is known of a client whose record is new; what another record says stays as it is."""
        coming, client = self.coming, entered.case.client
        age = self._known().age
        identity = Identity(called=coming.called, language=coming.language, age=age)
        if identity != Identity(called=coming.called):
            clients.tell_identity(client, identity=identity, key=self.step("identity"), **self.now)
        if coming.interpreter:
            wishes = Wishes(interpreter=Wish.WISHED, interpreter_language=coming.language)
            clients.tell_wishes(client, wishes=wishes, key=self.step("wishes"), **self.now)

    def _known(self) -> Known:
        return known_of(opening.answers_of(self.contact), words_of(self.contact)) if self.contact else Known()

    def elsewhere(self) -> frozenset[str]:
        """The words that the client's record has now, so that a contact need not keep them in the case as well."""
        coming, found = self.coming, set[str]()
        if coming.way:
            found |= {coming.way.address, coming.way.name_we_say}
            hours = words_of(self.contact).hours if self.contact else ""
            if same_hours(hours, coming.way):
                found.add(hours)
        if not coming.case:
            found.add(coming.called)
        return frozenset(found)


def words_of(contact: Contact) -> Words:
    """What was told in words. Raises Refused while it cannot be opened: what would be moved would be lost."""
    try:
        return sealed.words_of(contact)
    except Unreadable:
        raise Refused(Refusal.UNREADABLE) from None


def carry(contact: Contact, entered: Entered, known: frozenset[str], by: Actor, at: dt.datetime) -> None:
    """Move what was told into the case, each thing to its section, as heard by whoever took the contact.

    Sealed with the client's key from here on; the contact keeps no word, and its own key is destroyed once this holds.
    """
    words = words_of(contact)
    now: dict[str, Any] = {"by": by, "at": at}
    source = Source(contact.ended_by_id, contact.began_at, contact.pk)
    said = Wording(Section.STORY, words.note)
    cases.write(entered, wording=said, key=uuid5(contact.pk, "note"), source=source, **now)
    if rest := not_elsewhere(words, known):
        to_reach = Wording(Section.IDENTITY, rest)
        cases.write(entered, wording=to_reach, key=uuid5(contact.pk, "reach"), source=source, **now)
    if facts := tellings(opening.answers_of(contact), contact.began_at):
        cases.tell(entered, tellings=facts, key=uuid5(contact.pk, "facts"), source=source, **now)
    contact.case = entered.case
    for name in WORDS:
        setattr(contact, name, b"")
    contact.save(update_fields=["case", *WORDS])
    transaction.on_commit(partial(vault.destroy_key, contact.centre_id, contact.pk))
