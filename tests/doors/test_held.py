"""A centre's policy is the pack that the database says it holds."""

import pytest

from poukama.centres.actions import load_pack
from poukama.centres.files import read_files
from poukama.centres.pack import read_pack
from poukama.config.settings import ROOT
from poukama.doors.held import policy_of
from poukama.gate.rules import INSTALLATION, OPERATOR
from poukama.protocols.files import read_windows
from tests.people import LONG_AGO, make_centre

pytestmark = pytest.mark.django_db
SATAMA = ROOT / "centres" / "satama"


def test_a_centre_goes_by_its_own_pack_and_windows():
    satama, laakso = make_centre("satama"), make_centre("laakso")
    assert policy_of(satama).pack == read_pack(SATAMA)
    assert policy_of(satama).windows == read_windows(SATAMA)
    assert policy_of(laakso).pack.code == "laakso"


def test_it_is_read_once_and_anew_when_another_holds(django_assert_num_queries):
    satama = make_centre("satama")
    first = policy_of(satama)
    with django_assert_num_queries(2):
        assert policy_of(satama) is first
    files = read_files(SATAMA)
    files["centre.toml"] = files["centre.toml"].replace("days = 30", "days = 40")
    load_pack(INSTALLATION, pack=read_pack(SATAMA), files=files, by=OPERATOR, at=LONG_AGO)
    window = policy_of(satama).pack.window
    assert window
    assert window.days == 40
