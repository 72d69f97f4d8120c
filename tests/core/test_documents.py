"""Documents: tagged, in a language, the same each time, and nothing in what is told means anything to typst."""

import pymupdf
import pytest

from poukama.core import documents

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


def test_a_document_that_cannot_be_made_says_which_and_nothing_of_what_was_told():
    with pytest.raises(documents.NotMade, match=r"^cases/looked\.typ$"):
        documents.pdf("cases/looked.typ", {"intro": "secret"}, title="x", language="fi")


def test_a_document_goes_to_the_browser_under_a_name_that_names_nobody_and_is_kept_nowhere():
    sent = documents.response(made(), "list")
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"] == 'inline; filename="list.pdf"'
    assert sent["Cache-Control"] == "no-store"
