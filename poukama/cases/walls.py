"""The walls inside a record: which role knows that a section exists, reads it, writes it. One table, here.

It is printed for the coordinator to sign. Health care, social welfare and the pastor keep separate registers: what
belongs to another register is only known to exist until a consent or a law, written down in the case, lets it be
read; it is never written across. Nothing else widens the table, and break-glass does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from poukama.staff.rules import Role


class Section(StrEnum):
    """A part of a record."""

    IDENTITY = "identity"
    STORY = "story"
    HEALTH = "health"
    FORENSIC = "forensic"
    PSYCHOLOGICAL = "psychological"
    SOCIAL = "social"
    PASTORAL = "pastoral"
    LEGAL = "legal"
    STATISTICS = "statistics"


class Reach(IntEnum):
    """How far somebody gets into a section. Each includes the one before."""

    NOTHING = 0
    KNOWS = 1
    READS = 2
    WRITES = 3


class Register(StrEnum):
    """Whose records a section belongs to; what is common is kept by all of them."""

    COMMON = "common"
    HEALTH_CARE = "health_care"
    SOCIAL_WELFARE = "social_welfare"
    PASTORAL_CARE = "pastoral_care"


REGISTERS: Mapping[Section, Register] = {
    Section.IDENTITY: Register.COMMON,
    Section.STORY: Register.HEALTH_CARE,
    Section.HEALTH: Register.HEALTH_CARE,
    Section.FORENSIC: Register.HEALTH_CARE,
    Section.PSYCHOLOGICAL: Register.HEALTH_CARE,
    Section.SOCIAL: Register.SOCIAL_WELFARE,
    Section.PASTORAL: Register.PASTORAL_CARE,
    Section.LEGAL: Register.COMMON,
    Section.STATISTICS: Register.COMMON,
}

# The register that a role works in; the others work in none.
KEEPS: Mapping[Role, Register] = {
    Role.MIDWIFE_COORDINATOR: Register.HEALTH_CARE,
    Role.MIDWIFE: Register.HEALTH_CARE,
    Role.DOCTOR: Register.HEALTH_CARE,
    Role.PSYCHOLOGIST: Register.HEALTH_CARE,
    Role.SAMPLE_KEEPER: Register.HEALTH_CARE,
    Role.SOCIAL_WORKER: Register.SOCIAL_WELFARE,
    Role.CHAPLAIN: Register.PASTORAL_CARE,
}

N, K, R, W = Reach.NOTHING, Reach.KNOWS, Reach.READS, Reach.WRITES

# fmt: off
_ROWS: Mapping[Role, tuple[Reach, ...]] = {
    #                          identity  story  health  forensic  psychological  social  pastoral  legal  statistics
    Role.MIDWIFE_COORDINATOR:    (W,       W,      W,       R,          K,           R,       K,      W,       W),
    Role.MIDWIFE:                (W,       W,      W,       W,          K,           R,       K,      W,       W),
    Role.DOCTOR:                 (W,       W,      W,       W,          K,           K,       K,      W,       W),
    Role.PSYCHOLOGIST:           (W,       W,      W,       K,          W,           R,       K,      R,       K),
    Role.SOCIAL_WORKER:          (W,       R,      K,       K,          K,           W,       K,      W,       K),
    Role.CHAPLAIN:               (R,       N,      N,       N,          N,           N,       W,      N,       N),
    Role.SAMPLE_KEEPER:          (N,       N,      N,       K,          N,           N,       N,      K,       N),
    Role.MANAGER:                (N,       N,      N,       N,          N,           N,       N,      N,       R),
    Role.NATIONAL_STATISTICIAN:  (N,       N,      N,       N,          N,           N,       N,      N,       R),
    Role.ADMINISTRATOR:          (N,       N,      N,       N,          N,           N,       N,      N,       N),
    Role.PRIVACY_OFFICER:        (K,       K,      K,       K,          K,           K,       K,      K,       K),
}
# fmt: on

WALLS: Mapping[Role, Mapping[Section, Reach]] = MappingProxyType(
    {role: MappingProxyType(dict(zip(Section, row, strict=True))) for role, row in _ROWS.items()}
)

# They write the statement for the court, and never see what was said in therapy.
STATEMENT_WRITERS = frozenset({Role.DOCTOR})
# What a conversation with the chaplain leaves: nothing, unless the client asks.
SILENT = frozenset({Section.PASTORAL})


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where somebody stands before a case's walls.

    `roles` are those in which they are here; `has_been` those in which they ever were on this case. `joined` is
    whether something written down in the case lets the registers read each other.
    """

    roles: frozenset[Role]
    has_been: frozenset[Role] = frozenset()
    joined: bool = False

    @property
    def writes_the_statement(self) -> bool:
        """Whether the statement of this case is theirs to write."""
        return bool((self.roles | self.has_been) & STATEMENT_WRITERS)


def reach(section: Section, standpoint: Standpoint) -> Reach:
    """How far somebody gets into a section: as far as the furthest of their roles, within the walls."""
    furthest = max((_through(section, role, joined=standpoint.joined) for role in standpoint.roles), default=N)
    if section is Section.PSYCHOLOGICAL and standpoint.writes_the_statement:
        return min(furthest, K)
    return furthest


def view(standpoint: Standpoint) -> Mapping[Section, Reach]:
    """How far somebody gets into each section."""
    return {section: reach(section, standpoint) for section in Section}


def _through(section: Section, role: Role, *, joined: bool) -> Reach:
    """What the table says of a role, and how much of it the registers let through."""
    said = WALLS[role][section]
    if REGISTERS[section] in (Register.COMMON, KEEPS.get(role)):
        return said
    return min(said, R if joined else K)


def reads_note(found: Reach, *, private: bool, own: bool) -> bool:
    """Whether the words of a signed note are shown: a private one to nobody but whoever wrote it."""
    return found >= R and (own or not private)


def may_hold_words(section: Section, *, asked: bool) -> bool:
    """Whether a note or an entry of this section may say anything: the chaplain's only if the client asked for it."""
    return asked or section not in SILENT


def printed() -> Iterator[tuple[Role, tuple[Reach, ...]]]:
    """The table row by row, to be printed and signed."""
    yield from _ROWS.items()


def sections(found: Mapping[Section, Reach], least: Reach) -> frozenset[Section]:
    """The sections into which somebody gets at least this far."""
    return frozenset(section for section in Section if found[section] >= least)
