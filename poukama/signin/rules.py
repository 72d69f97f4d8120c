"""How long a session lasts, when it locks, when a name is shut out, and what may be reached meanwhile."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from poukama.gate.rules import Actor, Permission


class Way(StrEnum):
    """How somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 - a way, not a password
    CODE = "code"
    PASSKEY = "passkey"
    ORGANISATION = "organisation"
    PRACTICE = "practice"


class Verdict(StrEnum):
    """What a request of the staff side meets."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    STRANGER = "stranger"
    STEP_MISSING = "step_missing"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Limits:
    """After how long a session locks, without a contact open and with one, and when it ends whatever is done."""

    idle: dt.timedelta = dt.timedelta(minutes=5)
    in_call: dt.timedelta = dt.timedelta(minutes=20)
    whole_shift: dt.timedelta = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stay:
    """A session as far as it decides anything: since when, last used when, last proved when, both steps taken, locked.

    `whole` is false while the member has shown a password and has no second step yet.
    """

    began: dt.datetime
    active: dt.datetime
    proved: dt.datetime
    whole: bool
    locked: bool = False


# A try counts for this long; after so many the name is shut out until the first of them no longer counts.
COUNTS_FOR = dt.timedelta(minutes=5)
MOST_TRIES = 5
# Between the first step and the second.
PATIENCE = dt.timedelta(minutes=10)
# Whoever changes what lets them in has proved who they are this recently.
FRESH = dt.timedelta(minutes=15)
# So long a colleague's code lets somebody try again.
LIFT_HOLDS = dt.timedelta(minutes=10)
# Activity is written down when it is this much newer: a session locks at most so much early.
STEP = dt.timedelta(seconds=15)

# Nobody yet: whoever stands at the door may try, and the try is written down.
AT_THE_DOOR = Actor("nobody", everywhere=frozenset({Permission.SIGN_IN}))


def oneself(member: int) -> Actor:
    """A member acting on nothing but the own way in: whatever posts they hold, or none."""
    return Actor(f"member:{member}", everywhere=frozenset({Permission.SIGN_IN}))


def key_of(name: str, secret: str) -> bytes:
    """What is kept of a typed name: nobody reads the name from it, and one name always gives the same.

    >>> key_of(" Maija ", "s") == key_of("maija", "s"), key_of("maija", "s") == key_of("maija", "other")
    (True, False)
    """
    return hmac.digest(secret.encode(), b"signin.name:" + name.strip().casefold().encode(), hashlib.sha256)


def shut_until(tries: Iterable[dt.datetime], at: dt.datetime) -> dt.datetime | None:
    """Until when a name with these wrong tries is shut out; None while it may be tried."""
    counting = sorted(each for each in tries if at - COUNTS_FOR < each <= at)
    return counting[-MOST_TRIES] + COUNTS_FOR if len(counting) >= MOST_TRIES else None


def locked_by(stay: Stay, limits: Limits, *, at: dt.datetime, in_call: Callable[[], bool]) -> bool:
    """Whether a session is locked by now. `in_call` is asked only where it makes the difference."""
    if stay.locked or at - stay.active >= limits.in_call:
        return True
    return at - stay.active >= limits.idle and not in_call()


def judge(stay: Stay | None, limits: Limits, *, at: dt.datetime, in_call: Callable[[], bool]) -> Verdict:
    """What a request with this session meets."""
    if stay is None or at - stay.began >= limits.whole_shift:
        return Verdict.STRANGER
    if locked_by(stay, limits, at=at, in_call=in_call):
        return Verdict.LOCKED
    return Verdict.PASS if stay.whole else Verdict.STEP_MISSING


def left(stay: Stay, limits: Limits, *, at: dt.datetime, in_call: Callable[[], bool]) -> dt.timedelta:
    """How long until a session locks, if nothing is done from now on."""
    idle = limits.in_call if in_call() else limits.idle
    ends = min(stay.active + idle, stay.began + limits.whole_shift)
    return dt.timedelta(0) if stay.locked else max(ends - at, dt.timedelta(0))


def newer(stay: Stay, at: dt.datetime) -> bool:
    """Whether something done at this moment is worth writing down."""
    return at - stay.active >= STEP


def proved_lately(stay: Stay, at: dt.datetime) -> bool:
    """Whether the member has proved who they are so lately that they may change what lets them in."""
    return at - stay.proved < FRESH
