"""The centres whose rows a transaction may touch: what the database's row-level security goes by."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from poukama.core.rows import SETTING

# Materialized, so that the old value is surely read before the new one is set.
_EXCHANGE = """
with old as materialized (select coalesce(current_setting(%s, true), '') as centres)
select centres from old where set_config(%s, %s, true) is not null
"""


@contextmanager
def within(centre: int) -> Iterator[None]:
    """A transaction in which the protected rows of one centre exist and no others; what held before holds after."""
    longer = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EXCHANGE, [SETTING, SETTING, str(centre)])
        (before,) = cursor.fetchone()
        yield
        # A failure rolls the setting back by itself, and it ends with its transaction, if that is not a longer one.
        if longer and before != str(centre):
            cursor.execute("select set_config(%s, %s, true)", [SETTING, before])
