"""Documents: tagged, in a language, the same each time, and nothing in what is told means anything to typst."""

import shutil
import traceback

import pymupdf
import pytest
from django.utils.functional import lazystr

from poukama.core import documents
from poukama.core.documents import UNSHOWN

HOSTILE = '#panic("x") [ ] { } $ 1/0 $ \\ @x <y> *b* _i_ `c` // -- "'
TOLD = {"intro": HOSTILE, "heads": ["A", "B", "C", "D", "E"], "lines": [], "nobody": "Ei kukaan.", "made": "1.1.2026"}


def made(language="fi", **told):
    return documents.pdf("cases/looked.typ", TOLD | told, title="Åbo Ääkkönen", language=language)


def read(made):
    return pymupdf.open(stream=made)


def words(made):
    return " ".join(" ".join(page.get_text() for page in read(made).pages()).split())


def test_a_document_is_tagged_and_says_its_language_and_its_title():
    document = read(made("sv"))
    catalog = document.pdf_catalog()
    assert document.xref_get_key(catalog, "Lang") == ("string", "sv")
    assert "true" in document.xref_get_key(catalog, "MarkInfo")[1]
    assert document.xref_get_key(catalog, "StructTreeRoot")[0] == "xref"
    assert document.metadata["title"] == "Åbo Ääkkönen"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document.get_xml_metadata().encode()


def test_what_is_told_is_text_whatever_signs_are_in_it():
    assert HOSTILE in words(made())


def test_the_same_data_makes_the_same_bytes_and_holds_no_moment():
    assert made() == made()
    assert not read(made()).metadata["creationDate"]


def test_letters_of_our_languages_and_of_others_are_in_the_font():
    said = "Ågren Öörni Šiilasvuo Привіт Γεια"
    assert said in words(made(intro=said))


def test_a_long_table_goes_on_with_its_heads_on_every_page():
    document = read(made(lines=[[f"a{n}", "b", "c", "d", "e"] for n in range(200)]))
    assert len(document) > 3
    assert all(page.get_text().split()[-1] == str(len(document)) for page in document.pages())
    assert all("A" in page.get_text().split() for page in document.pages())


def test_a_letter_that_no_font_has_is_replaced_and_stops_no_document():
    said = "Li 李 and \U0001f600 and Я λ ☐ ✓ ▒"
    assert f"Li {UNSHOWN} and {UNSHOWN} and Я λ ☐ ✓ ▒" in words(made(intro=said))


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x7f", "\x85", "\ud83d", "\ufeff", "\ue000", "\ufffe"])
def test_a_sign_that_no_document_may_hold_is_replaced(sign):
    assert f"a{UNSHOWN}b \\u0007" in words(made(intro=f"a{sign}b \\u0007"))


@pytest.mark.parametrize("sign", ["\0", "\n", "\r\n", "\t", "\u202e", "\u2066", "\u200d", "\xad"])
def test_a_sign_that_is_no_letter_stops_no_document(sign):
    assert words(made(intro=f"ax{sign}bx")).startswith("Åbo Ääkkönen ax")


def test_words_that_wait_for_their_language_are_said():
    assert "Hei vaan" in words(made(intro=lazystr("Hei vaan")))


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes a template of a room that is nowhere else, beside the shared ones, and gives its name."""
    shutil.copytree(documents._PACKAGE / "core" / "templates", tmp_path / "core" / "templates")
    monkeypatch.setattr(documents, "_PACKAGE", tmp_path)
    (tmp_path / "room/templates/room").mkdir(parents=True)

    def written(text):
        (tmp_path / "room/templates/room/try.typ").write_text(text)
        return "room/try.typ"

    return written


SHEET = '#import "/core/templates/core/sheet.typ": labels, picture, sheet, told\n#show: sheet\n'
LABELS = '#import "/core/templates/core/sheet.typ": labels, told\n' + (
    "#labels(told.labels, it => [#strong(it.code) \\ #it.words])"
)


def test_a_thousand_labels_are_a_thousand_pages_of_their_size(write):
    labels = [{"code": f"AB-{number:04}", "words": "sormenpäät, vasen"} for number in range(1000)]
    document = read(documents.pdf(write(LABELS), {"labels": labels}, title="Tarrat", language="fi"))
    assert len(document) == 1000
    assert [round(side / 72 * 25.4, 1) for side in document[999].rect[2:]] == [62.0, 29.0]
    assert [document[number].get_text().split()[0] for number in (0, 1, 999)] == ["AB-0000", "AB-0001", "AB-0999"]


@pytest.mark.parametrize("text", ["sana " * 200, "x" * 400])
def test_a_label_that_holds_too_much_is_refused_and_never_cut(write, text):
    with pytest.raises(documents.NotMade, match=r"a label holds too much$"):
        documents.pdf(write(LABELS), {"labels": [{"code": "A", "words": text}]}, title="Tarrat", language="fi")


def test_a_picture_is_drawn_and_said_in_words(write):
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    told = {"plan": square, "says": "Floor plan"}
    document = read(documents.pdf(write(SHEET + "#picture(told.plan, told.says)"), told, title="x", language="en"))
    assert document[0].get_drawings()
    assert any("(Floor plan)" in document.xref_object(number) for number in range(1, document.xref_length()))


def test_a_document_that_cannot_be_made_says_where_and_why_and_nothing_of_what_was_told():
    with pytest.raises(documents.NotMade, match=r"^cases/looked\.typ:\d+: dictionary does not contain key$"):
        documents.pdf("cases/looked.typ", {"intro": "secret"}, title="x", language="fi")


@pytest.mark.parametrize(
    "fault", ["#panic(told.name)", "#told.at(told.name)", "#int(told.name)", "#json(bytes(told.name))"]
)
@pytest.mark.parametrize("name", ["Aino Example", "Aino 李"])
def test_no_word_that_was_told_gets_into_a_log(write, fault, name):
    with pytest.raises(documents.NotMade) as raised:
        documents.pdf(write(SHEET + fault), {"name": name}, title="x", language="fi")
    assert str(raised.value).startswith("room/try.typ:3: ")
    assert "Aino" not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("reach", ["../../../../../../../../../etc/hostname", "/../../../../etc/hostname"])
def test_a_template_reads_nothing_outside_the_package(write, reach):
    with pytest.raises(documents.NotMade):
        documents.pdf(write(SHEET + f'#read("{reach}")'), {}, title="x", language="fi")


def test_a_document_goes_to_the_browser_under_a_name_that_names_nobody_and_is_kept_nowhere():
    sent = documents.response(made(), "list")
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"] == 'inline; filename="list.pdf"'
    assert sent["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["", "Aino", "a list", "a/b", 'a".x', "a\r\nX: y", "-a", "a."])
def test_a_file_name_that_could_say_more_is_refused(name):
    with pytest.raises(ValueError, match="small letters"):
        documents.response(b"", name)
