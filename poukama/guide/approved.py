"""What the front centre's doctors have approved, as far as the public pages know: they never wait for the database."""

import threading
import time
from collections import defaultdict

from django.db import Error

from poukama.protocols.approvals import Approval
from poukama.protocols.held import approvals_of

# So long, in seconds, an answer holds, and after a failure the database is left alone.
_LET_REST = 30.0


class _Known:
    """The last answer for each centre, and when to ask again."""

    answers: dict[str, tuple[Approval, ...]] = {}
    ask_at: defaultdict[str, float] = defaultdict(float)
    asking = threading.Lock()


def approvals_known(code: str) -> tuple[Approval, ...]:
    """Every word of a centre's doctors. Never fails, and keeps no page waiting behind another's question.

    While the database cannot say, what it said last holds; nothing, if it has said nothing yet.
    """
    if time.monotonic() >= _Known.ask_at[code] and _Known.asking.acquire(blocking=False):
        try:
            _Known.answers[code] = approvals_of(code)
        except Error:
            # Absent, or there without its tables: what was known stays known.
            pass
        finally:
            _Known.ask_at[code] = time.monotonic() + _LET_REST
            _Known.asking.release()
    return _Known.answers.get(code, ())
