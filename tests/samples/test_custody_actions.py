"""Custody as the actions make it: who has a sample, under which seal, and what cannot be."""

import pytest

from poukama.samples import custody, proof
from poukama.samples.custody import Kind
from poukama.samples.writing import entry_of
from tests.cases.working import AT, MINUTE
from tests.samples.working import enter, entries, make_sample, seal, seal_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(case, maija):
    return make_sample(case, maija)


def test_a_sample_is_sealed_and_stored_and_the_chain_of_the_database_is_that_of_the_rules(case, maija, sample):
    enter(case, maija, sample, Kind.DRYING, AT + MINUTE, place="K1")
    enter(case, maija, sample, Kind.DRIED, AT + 2 * MINUTE)
    seal(case, maija, sample, when=AT + 3 * MINUTE)
    enter(case, maija, sample, Kind.STORED, AT + 4 * MINUTE, place="J2", storage=sample.storage)
    rows = entries(sample)
    assert [row.kind for row in rows] == ["taken", "drying", "dried", "sealed", "stored"]
    told = [(entry_of(row, sample.code), bytes(row.previous), bytes(row.hash)) for row in rows]
    assert list(proof.faults(told)) == []
    last = custody.replayed(entry for entry, _, _ in told)
    assert last is not None
    assert (last.receiver, last.place, last.seal) == ("store", "J2", seal_number())
