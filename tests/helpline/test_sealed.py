"""What was told opens only where it was put."""

import pytest

from poukama.core.vault import Unreadable
from poukama.gate.scope import within
from poukama.helpline import sealed
from poukama.helpline.answers import WORDS
from poukama.helpline.models import Contact
from tests.helpline.night import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    desk = Desk()
    ref = desk.begin()
    desk.save(ref, note="muistiinpano", called_name="Aino", safe_contact="call", phone="1", hours="2", name_to_say="3")
    with within(ref.centre_id):
        return Contact.objects.get(pk=ref.id)


def test_each_text_is_sealed_and_opens_as_it_was(row):
    words = sealed.words_of(row)
    assert (words.note, words.called_name, words.phone, words.hours, words.name_to_say) == (
        "muistiinpano",
        "Aino",
        "1",
        "2",
        "3",
    )
    assert not any(getattr(words, name).encode() in bytes(getattr(row, name))[13:] for name in ("note", "called_name"))


@pytest.mark.parametrize("name", WORDS)
def test_a_text_that_is_moved_to_another_column_does_not_open(row, name):
    other = next(each for each in WORDS if each != name)
    setattr(row, other, getattr(row, name))
    with pytest.raises(Unreadable):
        sealed.text_of(row, other)


def test_a_text_that_is_moved_to_another_contact_does_not_open(row):
    other = Desk("laakso", "2").begin()
    row.pk, row.centre_id = other.id, other.centre_id
    with pytest.raises(Unreadable):
        sealed.text_of(row, "note")
