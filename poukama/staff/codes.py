"""Codes of ways in: made from a form's key, so that the same form sent twice shows the same code, and kept as a hash.

Both need the installation's secret: neither a dump of the database nor a page's source is enough to find a code.
"""

from uuid import UUID

from django.utils.crypto import salted_hmac

from poukama.staff.rules import code_from

_MADE, _KEPT = "poukama.staff.codes.made", "poukama.staff.codes.kept"


def code_of(key: UUID, *about: object) -> str:
    """The code of the form with this key, about these things: of another form, or about others, it is another code."""
    words = "\n".join([str(key), *map(str, about)])
    return code_from(int.from_bytes(salted_hmac(_MADE, words, algorithm="sha256").digest()))


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return salted_hmac(_KEPT, code, algorithm="sha256").hexdigest()
