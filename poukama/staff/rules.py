"""Roles, what each may do, and the Actor that a member's posts make."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from poukama.gate.rules import Actor, Permission


class Role(StrEnum):
    """What a member does at a centre, by the names of its page."""

    MIDWIFE_COORDINATOR = "midwife_coordinator"
    MIDWIFE = "midwife"
    DOCTOR = "doctor"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    CHAPLAIN = "chaplain"
    SAMPLE_KEEPER = "sample_keeper"
    MANAGER = "manager"
    NATIONAL_STATISTICIAN = "national_statistician"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


_ALL = frozenset(Role)
_ON_CALL = frozenset(
    {Role.MIDWIFE_COORDINATOR, Role.MIDWIFE, Role.DOCTOR, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER, Role.CHAPLAIN}
)
_DESK = frozenset({Role.MIDWIFE_COORDINATOR, Role.MIDWIFE})
_MEETS_CLIENTS = _ON_CALL - {Role.CHAPLAIN}
_PLANS = frozenset({Role.MIDWIFE_COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})

# Who holds a permission at the centre where the post is: the one table of rights, a line for each permission.
HOLDERS: Mapping[Permission, frozenset[Role]] = {
    # How far they get inside a case is for its walls to say.
    Permission.CASE_BREAK_GLASS: _ON_CALL,
    Permission.CASE_CLOSE: frozenset({Role.MIDWIFE_COORDINATOR, Role.MIDWIFE}),
    Permission.CASE_READ: _ON_CALL,
    Permission.CASE_REVIEW: frozenset({Role.MIDWIFE_COORDINATOR, Role.PRIVACY_OFFICER}),
    Permission.CASE_TEAM: frozenset({Role.MIDWIFE_COORDINATOR}),
    Permission.CASE_WRITE: _ON_CALL,
    Permission.CLIENT_READ: _ON_CALL,
    Permission.CLIENT_WRITE: _MEETS_CLIENTS,
    Permission.CONSENT_WRITE: _MEETS_CLIENTS,
    Permission.CONTACT_KEEP: _DESK,
    Permission.CONTACT_READ: _DESK | {Role.DOCTOR},
    Permission.DISCLOSE: _MEETS_CLIENTS,
    # The duty to inform the authorities is each professional's own.
    Permission.GROUND_NAME: _MEETS_CLIENTS,
    Permission.MEASURES_READ: frozenset({Role.MIDWIFE_COORDINATOR, Role.MANAGER, Role.NATIONAL_STATISTICIAN}),
    Permission.MEMBERS_KEEP: frozenset({Role.ADMINISTRATOR}),
    Permission.MEMBERS_READ: _PLANS | {Role.PRIVACY_OFFICER},
    Permission.MEMBERS_RESET: frozenset({Role.MIDWIFE_COORDINATOR, Role.ADMINISTRATOR}),
    # Whoever approves answers for it by name, so the doctors of a centre agree on who of them does.
    Permission.PREMISES_READ: _DESK | {Role.DOCTOR, Role.SAMPLE_KEEPER, Role.MANAGER},
    Permission.PREMISES_WRITE: _DESK | {Role.DOCTOR, Role.SAMPLE_KEEPER},
    Permission.PROTOCOL_APPROVE: frozenset({Role.DOCTOR}),
    Permission.PROTOCOL_READ: _PLANS | {Role.MIDWIFE, Role.DOCTOR, Role.SAMPLE_KEEPER},
    Permission.RECORDS_JOIN: frozenset({Role.MIDWIFE_COORDINATOR, Role.SOCIAL_WORKER}),
    # By the command line and two of them: see `operations.vault`.
    Permission.RECORD_DESTROY: frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}),
    Permission.RIGHTS_READ: _PLANS | {Role.PRIVACY_OFFICER},
    Permission.SHIFT_KEEP: _PLANS,
    Permission.SHIFT_READ: _ALL,
    Permission.SHIFT_TAKE: _ON_CALL,
    Permission.SKILL_KEEP: frozenset({Role.MIDWIFE_COORDINATOR, Role.MANAGER}),
    Permission.STAFF_ENTER: _ALL,
    Permission.TRAIL_READ: frozenset({Role.PRIVACY_OFFICER}),
    Permission.WHEREABOUTS_READ: _MEETS_CLIENTS - {Role.PSYCHOLOGIST},
}

# The same by role: what is asked, and what is printed as a page to sign.
GRANTS: Mapping[Role, frozenset[Permission]] = {
    role: frozenset(permission for permission, roles in HOLDERS.items() if role in roles) for role in Role
}


@dataclass(frozen=True, slots=True)
class Held:
    """A post as far as rights go: the role at a centre, from `begins` up to but not including `ends`."""

    centre: int
    role: Role
    begins: dt.datetime
    ends: dt.datetime | None = None

    def holds_at(self, at: dt.datetime) -> bool:
        """Whether the post is held at this moment."""
        return self.begins <= at and (self.ends is None or at < self.ends)


def actor(member: int, posts: Iterable[Held], at: dt.datetime) -> Actor:
    """A member as an actor, with what the posts held at this moment grant at each centre.

    >>> since = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    >>> ida = actor(7, [Held(3, Role.PRIVACY_OFFICER, since)], since)
    >>> ida.key, ida.may(Permission.TRAIL_READ, centre=3), ida.may(Permission.TRAIL_READ, centre=4)
    ('member:7', True, False)
    """
    rights: dict[int, frozenset[Permission]] = {}
    for post in posts:
        if post.holds_at(at):
            rights[post.centre] = rights.get(post.centre, frozenset()) | GRANTS[post.role]
    return Actor(key_of(member), rights)


def home(given: Iterable[Held], at: dt.datetime) -> int:
    """The centre that answers for a member's sign-in, of their posts in the order in which they were given.

    That of the first post that is not over; of the last, if all are. So another centre, by giving a post of its own,
    never comes to let somebody in as them. A member has at least one post.

    >>> now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    >>> home([Held(3, Role.DOCTOR, now), Held(4, Role.DOCTOR, now)], now)
    3
    """
    posts = list(given)
    return next((post.centre for post in posts if post.ends is None or post.ends > at), posts[-1].centre)


def key_of(member: int | str) -> str:
    """What the audit trail calls a member who acts, by their number."""
    return f"member:{member}"


# ── Where a member lands ─────────────────────────────────────────────────────────────────────────────────────

# The page of a role whose room is built; everybody else lands on the on-call week.
LANDS_ON: Mapping[Role, str] = {Role.MIDWIFE: "helpline:desk", Role.MIDWIFE_COORDINATOR: "board:today"}
WEEK = "roster:week"


def landing(roles: Iterable[Role]) -> str:
    """The name of the page where a member with these roles lands.

    >>> landing([Role.SAMPLE_KEEPER, Role.MIDWIFE]), landing([Role.CHAPLAIN])
    ('helpline:desk', 'roster:week')
    """
    return next((LANDS_ON[role] for role in sorted(roles) if role in LANDS_ON), WEEK)


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────


class Refusal(StrEnum):
    """Why a step about members is refused. Its words for whoever reads them stand in `labels`."""

    ONESELF = "oneself"
    SAME_PERSON = "same_person"
    LOGIN_TAKEN = "login_taken"
    LOGIN_UNKNOWN = "login_unknown"
    POST_HELD = "post_held"
    POST_OVER = "post_over"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    AWAY = "away"
    LAST_ADMINISTRATOR = "last_administrator"
    JOINED = "joined"
    NOT_JOINED = "not_joined"
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"
    CODE_ENDED = "code_ended"
    CODE_EXPIRED = "code_expired"


class Refused(Exception):
    """A step that is refused, with the reason; nothing is written."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


# ── What is typed ────────────────────────────────────────────────────────────────────────────────────────────


# What a login is made of: typed at night, read aloud on a telephone, never changed.
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Look(StrEnum):
    """How the pages look: as the device says, or always in one way."""

    FOLLOW = "follow"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Density(StrEnum):
    """How large the targets of a page are."""

    COMPACT = "compact"
    ROOMY = "roomy"
    GLOVES = "gloves"


@dataclass(frozen=True, slots=True)
class Person:
    """Who a member is to colleagues: what one may change oneself. The telephone is that of work, as +358..."""

    name: str
    language: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a member wants the pages to be."""

    look: Look = Look.FOLLOW
    density: Density = Density.COMPACT
    shortcuts: bool = True


@dataclass(frozen=True, slots=True)
class Tenure:
    """A role from `begins` up to but not including `ends`; no end is known while that is None."""

    role: Role
    begins: dt.datetime
    ends: dt.datetime | None = None

    def overlaps(self, other: "Tenure") -> bool:
        """Whether there is a moment at which both are held, in the same role."""
        return (
            self.role is other.role
            and (other.ends is None or self.begins < other.ends)
            and (self.ends is None or other.begins < self.ends)
        )


# ── Ways in ──────────────────────────────────────────────────────────────────────────────────────────────────

# Without 0 and O, 1, I and L, which look alike on paper and sound alike aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LETTERS, _GROUP = 12, 4
# How long a code can be used, and how long a first person's request waits for the second.
JOIN_WITHIN = dt.timedelta(days=7)
RESET_WITHIN = dt.timedelta(hours=24)


class Purpose(StrEnum):
    """What a way in is for: to come in for the first time, or again after a second factor was lost."""

    JOIN = "join"
    RESET = "reset"


class WayState(StrEnum):
    """How far a way in has come."""

    ASKED = "asked"
    OPEN = "open"
    USED = "used"
    ENDED = "ended"
    EXPIRED = "expired"


def within(purpose: Purpose) -> dt.timedelta:
    """How long a way in stays open."""
    return JOIN_WITHIN if purpose is Purpose.JOIN else RESET_WITHIN


def code_from(number: int) -> str:
    """A code of twelve letters from a number, which should be large and random: 59 bits of it are used.

    >>> code_from(0), shown_code(code_from(31**12 - 1))
    ('222222222222', 'ZZZZ-ZZZZ-ZZZZ')
    """
    letters = []
    for _ in range(_CODE_LETTERS):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def shown_code(code: str) -> str:
    """A code as it is printed and read aloud, in groups."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def typed_code(text: str) -> str:
    """The code that somebody has typed, however they grouped it; empty if it cannot be one.

    >>> typed_code(" k7qm 42mx-9pzt"), typed_code("K7QM"), typed_code("0000-0000-0000")
    ('K7QM42MX9PZT', '', '')
    """
    code = "".join(letter for letter in text.upper() if letter.isalnum())
    return code if len(code) == _CODE_LETTERS and set(code) <= set(ALPHABET) else ""


def state_of(
    *, coded: bool, expires_at: dt.datetime, used_at: dt.datetime | None, ended_at: dt.datetime | None, at: dt.datetime
) -> WayState:
    """How far a way in has come at a moment. A used one stays used; one without a code waits for the second person."""
    if used_at is not None:
        return WayState.USED
    if ended_at is not None:
        return WayState.ENDED
    if expires_at <= at:
        return WayState.EXPIRED
    return WayState.OPEN if coded else WayState.ASKED


CLOSED_WAYS: Mapping[WayState, Refusal] = {
    WayState.ASKED: Refusal.CODE_UNKNOWN,
    WayState.USED: Refusal.CODE_USED,
    WayState.ENDED: Refusal.CODE_ENDED,
    WayState.EXPIRED: Refusal.CODE_EXPIRED,
}


def bearer(member: int, centre: int) -> Actor:
    """A member as whoever bears their code acts: they may enter at the centre that made it, and nothing else."""
    return Actor(key_of(member), {centre: frozenset({Permission.STAFF_ENTER})})


# ── Before real use ──────────────────────────────────────────────────────────────────────────────────────────

FEWEST_ADMINISTRATORS = 2


def short_of_administrators(administrators: Mapping[str, int]) -> tuple[str, ...]:
    """The centres, by code, that have too few administrators who have come in: one alone can be lost, or tempted.

    >>> short_of_administrators({"laakso": 1, "satama": 2})
    ('laakso',)
    """
    return tuple(sorted(code for code, number in administrators.items() if number < FEWEST_ADMINISTRATORS))
