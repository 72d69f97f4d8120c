"""Catalogues of an invented room: found, kept, compiled, and missed where they lack something."""

import gettext
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from poukama.core import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
# Translators: a greeting
HELLO = _("Hello")
DOOR = pgettext("a door", "Open")
DAYS = ngettext("%(n)s day", "%(n)s days", 2)
"""
TEMPLATE = """{% load i18n %}{% translate "Come" %}
{% blocktranslate trimmed %}
  Call {{ number }}
  now
{% endblocktranslate %}"""
FINNISH = {
    "Hello": "Hei",
    "Open": "Auki",
    "Come": "Tule",
    "Call %(number)s now": "Soita heti %(number)s",
    ("%(n)s day", "%(n)s days"): ("%(n)s päivä", "%(n)s päivää"),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    room = tmp_path / "room"
    (room / "templates" / "room").mkdir(parents=True)
    (room / "rules.py").write_text(PYTHON)
    (room / "templates" / "room" / "page.txt").write_text(TEMPLATE)
    (room / "locale").mkdir()
    (tmp_path / "silent").mkdir()
    return tmp_path


def po(package: Path, language: str = "fi") -> Path:
    return package / "room" / "locale" / language / "LC_MESSAGES" / "django.po"


def translate(package: Path, language: str = "fi", texts: dict[Any, Any] = FINNISH) -> None:
    catalogue = catalogues._read(po(package, language), language)
    for message in catalogue:
        if message.id:
            message.string = texts.get(tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id, "")
    catalogues._write(po(package, language), catalogue)


def test_every_message_of_code_and_templates_is_found(package):
    catalogues.extract("room", package)
    assert {message.id for message in catalogues._read(po(package), "fi") if message.id} == set(FINNISH)
    assert "#. a greeting" in po(package).read_text()
    assert 'msgctxt "a door"' in po(package).read_text()


def test_what_is_not_translated_is_missing_in_each_language(package):
    catalogues.extract("room", package)
    translate(package)
    assert {line.split(":")[0] for line in catalogues.missing(package)} == {"room/sv"}
    translate(package, "sv")
    assert catalogues.missing(package) == ()


def test_a_room_without_a_file_lacks_everything(package):
    assert len(catalogues.missing(package)) == 2 * len(FINNISH)


def test_a_lost_placeholder_counts_as_missing(package):
    catalogues.extract("room", package)
    translate(package, texts={**FINNISH, "Call %(number)s now": "Soita heti %(numero)s"})
    assert "room/fi: Call %(number)s now" in catalogues.missing(package)


def test_an_uncertain_translation_counts_as_missing(package):
    catalogues.extract("room", package)
    translate(package)
    po(package).write_text(po(package).read_text().replace('msgid "Come"', '#, fuzzy\nmsgid "Come"'))
    assert "room/fi: Come" in catalogues.missing(package)


def test_extracting_again_keeps_translations_and_changes_nothing(package):
    catalogues.extract("room", package)
    translate(package)
    before = po(package).read_text()
    catalogues.extract("room", package)
    assert po(package).read_text() == before
    assert "Date" not in before


def test_a_message_that_nothing_shows_any_more_is_dropped(package):
    catalogues.extract("room", package)
    translate(package)
    (package / "room" / "rules.py").write_text("")
    catalogues.extract("room", package)
    assert "Hello" not in po(package).read_text()
    assert "Tule" in po(package).read_text()


def test_compiled_catalogues_are_read_by_anything_that_reads_gettext(package):
    catalogues.extract("room", package)
    translate(package)
    compiled = catalogues.compile_all(package)
    assert compiled == (po(package, "fi").with_suffix(".mo"), po(package, "sv").with_suffix(".mo"))
    finnish = gettext.GNUTranslations(BytesIO(compiled[0].read_bytes()))
    assert finnish.gettext("Hello") == "Hei"
    assert finnish.pgettext("a door", "Open") == "Auki"
    assert finnish.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s päivää"


def test_the_command_compiles_extracts_and_tells_what_is_missing(monkeypatch, capsys):
    done = []
    monkeypatch.setattr(catalogues, "compile_all", lambda: done.append("compiled"))
    monkeypatch.setattr(catalogues, "extract", done.append)
    monkeypatch.setattr(catalogues, "rooms", lambda: ("doors", "guide"))
    monkeypatch.setattr(catalogues, "missing", lambda: ("doors/fi: Hello",))
    assert catalogues.main([]) == 0
    assert catalogues.main(["extract"]) == 0
    assert catalogues.main(["extract", "doors"]) == 0
    assert done == ["compiled", "doors", "guide", "doors"]
    assert catalogues.main(["missing"]) == 1
    assert catalogues.main(["nonsense"]) == 1
    assert capsys.readouterr().out.startswith("doors/fi: Hello\nusage:")


def test_nothing_of_ours_is_missing():
    assert catalogues.missing() == ()
