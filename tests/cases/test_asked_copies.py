"""The client's own copy of what was asked and said: a page, and the same as a document."""

import pymupdf
import pytest

from tests.architecture.test_discretion import tells
from tests.cases.night import make_night
from tests.cases.pages import CONSENTS, TOLD, Pages, plain
from tests.cases.test_asking import COPY, RELEASE, SIX, say
from tests.cases.working import events

pytestmark = pytest.mark.usefixtures("plain_static", "at_night")
PAPER = f"{CONSENTS}/paperi"


@pytest.fixture
def pages(case, maija) -> Pages:
    return Pages(case, maija)


def test_the_copy_is_in_the_clients_language_and_names_no_centre_unless_asked_to(centre, maija):
    night = Pages(make_night(centre, maija), maija)
    say(night, **SIX)
    copy = night.get(COPY)
    assert "Vad vi frågade dig och vad du svarade" in copy.text
    sheet = plain(copy)[plain(copy).index("Vad vi frågade") :]
    assert "Proven till polisen Får vi ge dina prov till polisen?" in sheet
    assert "Inte nu" in sheet
    assert "Satama" not in copy.text
    assert tells(sheet) == []
    assert tells(copy.text[: copy.text.index("</head>")]) == []
    assert "Aino" not in copy.text
    assert "Satama" in night.get(f"{COPY}?keskus").text


def test_the_copy_is_a_line_of_the_trail(pages):
    pages.get(COPY)
    found = events(pages.case.centre)
    assert "ledger.printed" in found
    assert "case.read_for_client_asked" in found


def test_nothing_of_where_a_protected_client_lives_is_on_the_copy(pages):
    pages.post(f"{TOLD}/osoite", address="Kanarianlinnuntie 3", shielded="on")
    pages.post(RELEASE, answer="no", own_words="ei Kanarianlinnuntielle")
    copy = pages.get(COPY).text
    assert "Kanarian" not in copy
    assert "▒▒▒" in copy


def paper(pages, ask=""):
    sent = pages.get(f"{PAPER}{ask}")
    document = pymupdf.open(stream=sent.content)
    return document, " ".join(" ".join(str(page.get_text()) for page in document.pages()).split())


def test_the_copy_is_a_document_too_and_says_the_same(centre, maija):
    night = Pages(make_night(centre, maija), maija)
    say(night, **SIX)
    night.post(RELEASE, answer="not_now", own_words="kanske i morgon #panic()", ends="2027-01-31")
    assert "suostumus/paperi" in night.get(COPY).text
    assert "suostumus/paperi?keskus" in night.get(f"{COPY}?keskus").text
    document, said = paper(night)
    assert document.xref_get_key(document.pdf_catalog(), "Lang") == ("string", "sv")
    assert "Vad vi frågade dig och vad du svarade" in said
    assert "Proven till polisen Får vi ge dina prov till polisen?" in said
    assert "”kanske i morgon #panic()”" in said
    assert tells(said) == []
    assert "Aino" not in said
    assert "Satama" not in said + str(document.metadata)
    assert "Satama" in paper(night, "?keskus")[1]


def test_the_document_says_how_long_a_yes_holds_and_who_interpreted(pages):
    assert "Vielä ei ole kysytty mitään" in paper(pages)[1]
    pages.post(RELEASE, answer="yes", ends="2027-01-31", interpreter_name="Tuula Tulkki")
    said = paper(pages)[1]
    assert "su 31.1.2027 asti" in said
    assert "tulkki Tuula Tulkki" in said


def test_the_document_is_a_line_of_the_trail_and_masks_what_the_page_masks(pages):
    pages.post(f"{TOLD}/osoite", address="Kanarianlinnuntie 3", shielded="on")
    pages.post(RELEASE, answer="no", own_words="ei Kanarianlinnuntielle")
    said = paper(pages)[1]
    assert "Kanarian" not in said
    assert "▒▒▒" in said
    assert "ledger.printed" in events(pages.case.centre)
