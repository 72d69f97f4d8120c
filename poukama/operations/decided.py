"""What a pack says of time, sampling and keeping, held against what its centre's doctors have approved."""

import datetime as dt
from collections.abc import Iterator

from poukama.centres.pack import PackError
from poukama.centres.rules import Pack, TextState
from poukama.protocols.approvals import Decided
from poukama.protocols.files import FILE as PROTOCOLS
from poukama.protocols.files import RETENTION
from poukama.protocols.sampling import Protocol
from poukama.protocols.sampling_file import FILE as SAMPLING

_APPROVAL = "the approval of a doctor of the centre, on the page of protocols"


def unspoken(found: Decided, pack: Pack) -> Iterator[PackError]:
    """The centre's languages in which the sampling protocol has no words."""
    for language in pack.languages:
        if found.sampling and language not in found.sampling.spoken:
            yield _wrong(SAMPLING, f"words.{language}", "words in every language of the centre")


def not_approved(found: Decided) -> Iterator[PackError]:
    """Each thing that no doctor answers for, and a retention rule that is not set."""
    for window in found.windows:
        if not window.approved:
            yield _wrong(PROTOCOLS, f"windows.{window.code}", _APPROVAL)
    if found.sampling:
        yield from _sampling_not_approved(found.sampling)
    if found.retention is None:
        yield _wrong(RETENTION, "unreported", "how long samples without a police report are kept, with its source")
    elif not found.retention.approved:
        yield _wrong(RETENTION, "unreported", _APPROVAL)


def _sampling_not_approved(protocol: Protocol) -> Iterator[PackError]:
    if not protocol.approved:
        yield _wrong(SAMPLING, protocol.code, _APPROVAL)
    for language, spoken in protocol.spoken.items():
        if spoken.state is not TextState.APPROVED:
            yield _wrong(SAMPLING, f"words.{language}.state", f"words that are approved, not {spoken.state}")


def stale(found: Decided, today: dt.date) -> Iterator[PackError]:
    """Each date of review that has passed."""
    dates = [(PROTOCOLS, f"windows.{window.code}.review_by", window.review_by) for window in found.windows]
    if found.sampling:
        dates.append((SAMPLING, "review_by", found.sampling.review_by))
        dates += [(SAMPLING, f"words.{code}.review_by", each.review_by) for code, each in found.sampling.spoken.items()]
    if found.retention:
        dates.append((RETENTION, "unreported.review_by", found.retention.review_by))
    for file, key, date in dates:
        if date < today:
            yield _wrong(file, key, f"a date of review to come; {date} is past")


def _wrong(file: str, key: str, expected: str) -> PackError:
    return PackError(file, key, None, f"expected {expected}")
