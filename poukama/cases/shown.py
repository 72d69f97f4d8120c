"""What reading a case gives: plain objects, opened as far as the walls let whoever reads."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from poukama.cases.need import GlassReason, Verdict
from poukama.cases.rules import Arising, EntryKind, Kind, Present, State, Title, Whereto
from poukama.cases.told import Picture, Topic
from poukama.cases.walls import Section
from poukama.staff.rules import Role


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list or a search: nothing of the event, and a called name only for whoever is let in."""

    id: UUID
    code: str
    called: str
    kind: Kind
    state: State
    opened_at: dt.datetime
    here: bool
    let_in: bool

    @property
    def closed(self) -> bool:
        """Whether nothing may be added."""
        return self.state is State.CLOSED

    @property
    def destroyed(self) -> bool:
        """Whether its key is gone: nothing of it can be read any more."""
        return not self.code


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the key of the last of them if there are more; of a search, whether there are."""

    rows: tuple[Row, ...]
    after: tuple[dt.datetime, UUID] | None
    # A search found more than it shows.
    more: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What has been told, and the sections in which something more is told that is not shown."""

    picture: Picture
    hidden: frozenset[Section]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline. `words` are None behind a wall; `topics` are those told of that may be shown."""

    id: UUID
    kind: EntryKind
    section: Section
    at: dt.datetime
    written_at: dt.datetime
    name: str
    contact: UUID | None
    corrects: UUID | None
    reason: str
    words: str | None
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class There:
    """Somebody else who was there during a visit; the name of one of staff, or words."""

    who: Present
    words: str


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A visit, and who was there."""

    id: UUID
    arrived_at: dt.datetime
    room: str
    departed_at: dt.datetime | None
    whereto: Whereto
    words: str
    there: tuple[There, ...]


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A task; `words` are None behind a wall, `turn` is a role or a member's name."""

    id: UUID
    section: Section
    title: Title
    words: str | None
    turn: Role | str
    due: dt.datetime | None
    late: bool
    arising: Arising
    done_at: dt.datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class AddendumShown:
    """What was added to a note."""

    name: str
    at: dt.datetime
    words: str


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note, a draft only to its author. `words` are None where no more is shown than that it exists."""

    id: UUID
    section: Section
    name: str
    private: bool
    mine: bool
    asked: bool
    begun_at: dt.datetime
    saved_at: dt.datetime
    saves: int
    signed_at: dt.datetime | None
    words: str | None
    addenda: tuple[AddendumShown, ...]


@dataclass(frozen=True, slots=True)
class SeatShown:
    """Somebody on the team now."""

    id: UUID
    member: int
    name: str
    role: Role
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class GlassShown:
    """A broken glass: who, why, when, what is worth a second look, and what its review came to."""

    id: UUID
    case: UUID
    member: int
    name: str
    reason: GlassReason
    words: str
    broken_at: dt.datetime
    ends: dt.datetime
    review_by: dt.datetime
    same_surname: bool
    colleague: bool
    verdict: Verdict | None


# ── Today ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task of an open case, by the code of the case."""

    case: UUID
    code: str
    title: Title
    turn: Role | str
    due: dt.datetime | None
    added_at: dt.datetime
    late: bool


@dataclass(frozen=True, slots=True)
class HereNow:
    """A client who is here, by their code: in which room, since when, in which language, and who else is there."""

    case: UUID
    code: str
    room: str
    arrived_at: dt.datetime
    language: str
    there: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class CameIn:
    """A client who came in the last day and whose case has something open, by its code."""

    case: UUID
    code: str
    arrived_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ToReview:
    """A broken glass that nobody else has looked at, by the code of the case, and by when somebody has."""

    case: UUID
    code: str
    review_by: dt.datetime


@dataclass(frozen=True, slots=True)
class Board:
    """What the open cases of a centre ask of today. A list that is cut says so: `more` are the names of those."""

    here: tuple[HereNow, ...]
    waiting: tuple[Waiting, ...]
    week: tuple[Waiting, ...]
    came: tuple[CameIn, ...]
    reviews: tuple[ToReview, ...]
    more: frozenset[str]
