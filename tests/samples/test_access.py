"""Reading samples: inside a case within its wall, by number for whoever works with them, and what is written of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from poukama.gate.rules import OPERATOR
from poukama.samples import access, proof
from poukama.samples.custody import Irregular, Kind, Why
from poukama.samples.models import Sample
from poukama.samples.rules import Reason
from tests.cases.conftest import hanna
from tests.cases.working import AT, by, counted, events, into, make_case, now, opened
from tests.people import make_centre
from tests.samples.test_custody_actions import niemi, offered, sample
from tests.samples.working import enter, list_samples, samples, take

__all__ = ["hanna", "niemi", "offered", "sample"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def acting(maija):
    return now(maija)


def test_a_case_lists_what_became_of_each_sample_and_what_was_out_of_order(case, maija, sample):
    *_, last = samples(case)
    (kit,) = access.kits(into(case, maija))
    take(case, maija, last, kit, reason=Reason.CLIENT_WISHED)
    found = access.listed(opened(case, maija))
    assert [(each.row.state, each.taken_by, each.holding is not None) for each in found] == [
        ("taken", "Maija", True),
        *[("not_yet", "", False)] * 3,
        ("taken", "Maija", True),
    ]
    assert [[odd.reason for odd in each.deviations] for each in found] == [[], [], [], [], ["client_wished"]]


def test_a_list_takes_as_many_queries_long_as_short(case, maija, sample):
    inside = opened(case, maija)
    before = counted(lambda: access.listed(inside))
    for place in range(2, 9):
        list_samples(case, maija, "skin.place", place=place)
    assert counted(lambda: access.listed(inside)) == before


def test_a_history_says_each_entry_what_was_irregular_and_what_is_offered(case, maija, niemi, sample, offered):
    enter(case, maija, sample, Kind.OPENED, seal="", reason=Why.TO_REPACK)
    found = access.history(opened(case, maija), sample.pk)
    assert [line.entry.kind for line in found.lines] == ["taken", "sealed", "opened"]
    assert [line.irregular for line in found.lines] == [frozenset(), frozenset(), {Irregular.OPENING}]
    assert (found.broken, found.offer) == (None, offered)
    assert access.offer(into(case, niemi), offered.pk) == offered


def test_the_custody_goes_out_as_a_file_and_that_is_a_line(case, maija, sample):
    text = access.export(opened(case, maija), sample.pk, **now(maija))
    assert proof.check(text.splitlines()).sample == sample.code
    assert events(case.centre)[-1] == "custody.exported"


def test_what_was_not_taken_has_no_custody_to_take_out(case, maija):
    row, *_ = list_samples(case, maija)
    with pytest.raises(Http404):
        access.export(opened(case, maija), row.pk, **now(maija))


def test_the_chaplain_reads_nothing_of_it(case, hanna, sample, niemi, offered):
    inside = opened(case, hanna)
    for read in (
        lambda: access.listed(inside),
        lambda: access.kits(inside),
        lambda: access.history(inside, sample.pk),
        lambda: access.sample(inside, sample.pk),
        lambda: access.offer(inside, offered.pk),
    ):
        with pytest.raises(PermissionDenied):
            read()


def test_another_cases_sample_and_offer_do_not_exist(case, centre, maija, sample, offered):
    other = opened(make_case(maija, centre), maija)
    with pytest.raises(Http404):
        access.history(other, sample.pk)
    with pytest.raises(Http404):
        access.offer(other, offered.pk)


def test_by_its_number_a_sample_is_found_only_where_one_may(case, centre, maija, sample):
    satama = make_centre("satama")
    both = [satama, centre]
    assert access.by_code(both, sample.code, by=OPERATOR) == sample
    for text in ("nothing", "N99999999"):
        with pytest.raises(Http404):
            access.by_code(both, text, by=OPERATOR)
    with pytest.raises(Http404):
        access.by_code(both, sample.code, by=by(maija))
    with pytest.raises(PermissionDenied):
        access.history_of(sample, **now(maija))
    assert len(access.history_of(sample, by=OPERATOR, at=AT).lines) == 1
    assert events(centre)[-1] == "custody.read"


def test_rows_are_called_by_their_kind_and_key(case, maija, sample):
    holding = access.listed(opened(case, maija))[0].holding
    assert str(holding) == f"holding of {sample.pk}"
    assert str(Sample(pk=sample.pk)) == f"sample {sample.pk}"
