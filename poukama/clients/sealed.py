"""Sealing and opening what a client has said: with the client's own key, bound to table, column and entry."""

from uuid import UUID

from poukama.clients.models import Client, Entry
from poukama.core import vault


def put(row: Client | Entry, **texts: str) -> None:
    """Set sealed columns of a client, or of an entry about one, whose key is there."""
    for column, text in texts.items():
        sealed = vault.seal(text, centre=row.centre_id, record=_record(row), place=_place(row, column))
        setattr(row, column, sealed)


def text_of(row: Client | Entry, column: str) -> str:
    """The text of one sealed column. Raises Unreadable for a client whose key is destroyed."""
    return vault.unseal(
        bytes(getattr(row, column)), centre=row.centre_id, record=_record(row), place=_place(row, column)
    )


def readable(row: Client | Entry, column: str) -> str:
    """The same, empty for a client whose key is destroyed: the others in a list are still read."""
    try:
        return text_of(row, column)
    except vault.Unreadable:
        return ""


def _record(row: Client | Entry) -> UUID:
    return row.pk if isinstance(row, Client) else row.client_id


def _place(row: Client | Entry, column: str) -> str:
    table = row._meta.db_table
    return f"{table}.{column}" if isinstance(row, Client) else f"{table}.{column}:{row.key}"
