"""A connection that goes back to the pool is clean, and at rest."""

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from poukama.core.pool import forget_centres


@pytest.mark.parametrize("autocommit", [True, False])
def test_a_connection_forgets_its_centres_and_is_left_idle(app_url, autocommit):
    with psycopg.connect(app_url, autocommit=autocommit) as connection:
        connection.execute("select set_config('app.centres', '1', false)")
        connection.commit()
        forget_centres(connection)
        assert connection.info.transaction_status is TransactionStatus.IDLE
        row = connection.execute("select current_setting('app.centres')").fetchone()
        assert row == ("",)
