"""`poukama unlock`."""

import pytest

from poukama.config.cli import main
from poukama.gate.rules import INSTALLATION
from poukama.signin import actions
from poukama.signin.coming import name_key
from poukama.signin.models import WrongTry
from poukama.signin.rules import AT_THE_DOOR
from tests.signin.proofs import NOW, make_insider

pytestmark = pytest.mark.django_db


def test_somebody_who_is_shut_out_is_let_to_try_again(capsys):
    make_insider()
    for _ in range(5):
        actions.refuse(INSTALLATION, key=name_key("maija"), by=AT_THE_DOOR, at=NOW)
    assert main(["unlock", "Maija"]) == 0
    assert capsys.readouterr().out == "maija may try again.\n"
    assert not WrongTry.objects.exists()


def test_a_login_that_nobody_has_is_told(capsys):
    assert main(["unlock", "nobody"]) == 2
    assert capsys.readouterr().err == "poukama: argument LOGIN: nobody signs in as 'nobody'\n"
