"""What a pooled connection leaves behind: nothing."""

from typing import Any

from psycopg import Connection


def forget_centres(connection: Connection[Any]) -> None:
    """Clear the centres that a connection was set to, before somebody else is given it."""
    connection.execute("select set_config('app.centres', '', false)")
    if not connection.autocommit:
        connection.commit()
