"""Behind the walls: a private note while the network is cut, who sees no more than that it is there, and a review."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from poukama.cases import access, actions
from poukama.cases.models import Case
from poukama.cases.need import GlassReason, Purpose
from poukama.cases.rules import Beginning, Ref
from poukama.cases.shown import NoteShown
from poukama.staff.access import standing
from poukama.staff.models import Member
from poukama.staff.rules import Role
from tests.journeys.conftest import Visit
from tests.journeys.desk import CALL, Night, kept, show_hour, until
from tests.journeys.test_every_page import faults
from tests.people import make_member

pytestmark = pytest.mark.journey
STAFF = (1366, 768)
CANARY = "kanarialintu"

SAID = {
    "fi": {
        "write": "Kirjoita merkintä",
        "private": "Yksityinen",
        "cut": "Yhteys on poikki.",
        "saved": "tallennettu",
        "sign": "Allekirjoita ja lukitse",
        "more": "Lisää tähän merkintään",
        "added": "Allekirjoita lisäys",
        "there": "yksityinen merkintä on",
        "needed": "avaaminen oli tarpeen",
        "reviewed": "Arvioitu",
        "none": "Ei arvioitavaa.",
        "elsewhere": "toisessa ikkunassa",
        "save": "Tallenna",
        "notice": "Kirjoita ilmoitus",
        "ground": "Nimeä peruste ja vastaa siitä",
        "sent": "Se on lähetetty",
    },
    "sv": {
        "write": "Skriv en anteckning",
        "private": "Privat",
        "cut": "Förbindelsen är bruten.",
        "saved": "sparat",
        "sign": "Signera och lås",
        "more": "Lägg till i anteckningen",
        "added": "Signera tillägget",
        "there": "det finns en privat anteckning",
        "needed": "det behövdes",
        "reviewed": "Granskad",
        "none": "Inget att granska.",
        "elsewhere": "i ett annat fönster",
        "save": "Spara",
        "notice": "Skriv en anmälan",
        "ground": "Ange grunden och ansvara för den",
        "sent": "Den är skickad",
    },
}


class House:
    """A case at night, with its team; each of them reads the language of the journey."""

    def __init__(self, night: Night, language: str) -> None:
        self.night, self.said = night, SAID[language]
        self.maija = night.midwife
        self.people = {
            login: make_member(role, centre=night.centre, login=login, language=language)
            for login, role in (
                ("pia", Role.PSYCHOLOGIST),
                ("kaisa", Role.MIDWIFE_COORDINATOR),
                ("sini", Role.SOCIAL_WORKER),
                ("petra", Role.PRIVACY_OFFICER),
                ("ilona", Role.MIDWIFE),
            )
        }
        beginning = Beginning(Role.MIDWIFE, "Aino")
        self.case: Case = actions.open_case(night.centre, beginning=beginning, key=uuid4(), **self.now(self.maija))
        self.ref = Ref(night.centre.pk, self.case.pk)
        for login, role in (
            ("pia", Role.PSYCHOLOGIST),
            ("kaisa", Role.MIDWIFE_COORDINATOR),
            ("sini", Role.SOCIAL_WORKER),
        ):
            inside = access.enter(self.ref, **self.now(self.maija))
            actions.join_team(inside, member=self.people[login], role=role, key=uuid4(), **self.now(self.maija))

    def now(self, member: Member) -> dict[str, Any]:
        return {"by": standing(member, self.night.site.at).actor, "at": self.night.site.at}

    def notes(self, login: str) -> tuple[NoteShown, ...]:
        """The notes as somebody may read them."""
        opened = access.open_case(self.ref, purpose=Purpose.CARE, **self.now(self.people[login]))
        return access.notes(opened)

    def words(self) -> set[str | None]:
        """What the psychologist's notes say, as the server has them."""
        return {note.words for note in self.notes("pia")}

    def sit(self, page: Page, login: str, path: str) -> Page:
        """Somebody at this browser, on a page of the case; or of the centre, by its whole path."""
        show_hour(page.context, CALL)
        self.night.sign_in(page.context, self.people[login])
        page.goto(self.night.wire.url + (path if path.startswith("/") else f"/s/t/{self.case.pk}/{path}"))
        return page

    def begin(self, page: Page, *, private: bool) -> Page:
        """A note that the psychologist begins by the form."""
        self.sit(page, "pia", "tuki")
        assert faults(page) == []
        if private:
            page.get_by_label(self.said["private"]).check()
        page.get_by_role("button", name=self.said["write"]).click()
        until(lambda: page.locator("form[data-note]").count(), "the note")
        return page


@pytest.fixture(params=["fi", "sv"])
def house(request, night: Night) -> House:
    return House(night, request.param)


def test_a_private_note_outlives_a_cut_network_is_signed_and_is_nobody_elses(house: House, visit: Visit):
    said, wire = house.said, house.night.wire
    with visit(*STAFF) as page:
        house.begin(page, private=True)
        area = page.locator("#id_words")
        area.press_sequentially("Tapaaminen.")
        until(lambda: "Tapaaminen." in house.words(), "the note on the server")
        assert faults(page) == []
        wire.cut()
        area.press_sequentially(f" {CANARY}")
        expect(page.locator("[data-saved]")).to_contain_text(said["cut"])
        until(lambda: kept(page), "a copy in this browser")
        # Which letters are in it is sealed; the last is there a moment after it was typed.
        page.wait_for_timeout(500)
        (copy,) = kept(page)
        assert CANARY not in copy["sealed"]
        assert faults(page) == []
        wire.mend()
        page.reload()
        expect(area).to_have_value(f"Tapaaminen. {CANARY}")
        until(lambda: f"Tapaaminen. {CANARY}" in house.words(), "all of the note on the server")
        expect(page.locator("[data-saved]")).to_contain_text(said["saved"])
        until(lambda: not kept(page), "no copy in this browser")
        page.get_by_role("button", name=said["sign"]).click()
        page.wait_for_url("**/tuki")
        page.get_by_text(said["more"]).click()
        page.locator(".notes textarea").fill("Täydennys.")
        assert faults(page) == []
        page.get_by_role("button", name=said["added"]).click()
        expect(page.locator(".addendum")).to_contain_text("Täydennys.")
    (note,) = house.notes("pia")
    assert (note.words, note.private, len(note.addenda)) == (f"Tapaaminen. {CANARY}", True, 1)
    with visit(*STAFF) as page:
        house.sit(page, "kaisa", "tuki")
        expect(page.locator(".notes")).to_contain_text(said["there"])
        assert CANARY not in page.content()
        assert faults(page) == []


def test_of_two_windows_on_one_draft_both_texts_stay(house: House, visit: Visit):
    said = house.said
    with visit(*STAFF) as first:
        house.begin(first, private=False)
        second = first.context.new_page()
        second.goto(first.url)
        first.locator("#id_words").press_sequentially("Ensimmäinen.")
        until(lambda: "Ensimmäinen." in house.words(), "the first on the server")
        second.locator("#id_words").press_sequentially("Toinen.")
        expect(second.locator("[data-saved]")).to_contain_text(said["elsewhere"])
        expect(second.locator("[data-theirs-words]")).to_have_text("Ensimmäinen.")
        assert house.words() == {"Ensimmäinen."}
        assert faults(second) == []
        second.locator("#id_words").fill("Ensimmäinen. Toinen.")
        second.get_by_role("button", name=said["save"], exact=True).click()
        until(lambda: house.words() == {"Ensimmäinen. Toinen."}, "both on the server")


def test_a_note_is_written_without_a_script(house: House, visit: Visit):
    said = house.said
    with visit(*STAFF, java_script_enabled=False) as page:
        house.night.sign_in(page.context, house.people["pia"])
        page.goto(f"{house.night.wire.url}/s/t/{house.case.pk}/tuki")
        page.get_by_role("button", name=said["write"]).click()
        page.locator("#id_words").fill("Ilman skriptiä.")
        page.get_by_role("button", name=said["save"], exact=True).click()
        expect(page.locator("[data-saved]")).to_contain_text(said["saved"])
        page.get_by_role("button", name=said["sign"]).click()
        expect(page.locator(".notes .words")).to_have_text("Ilman skriptiä.")


def test_a_notice_goes_only_after_the_client_is_told(house: House, visit: Visit):
    said = house.said
    with visit(*STAFF) as page:
        house.sit(page, "sini", "ilmoitukset")
        assert faults(page) == []
        page.locator("#id_recipient").select_option("police")
        page.get_by_role("button", name=said["notice"]).click()
        page.locator("#id_whom").fill("Asema")
        page.locator("#id_words").fill("Mitä kerrotaan.")
        expect(page.get_by_role("button", name=said["sent"])).to_be_disabled()
        assert faults(page) == []
        ground = page.get_by_role("button", name=said["ground"])
        if not ground.is_visible():
            page.locator("summary").click()
        page.locator("#id_law").fill("keksitty laki")
        page.locator("#id_reason").fill("keksitty syy")
        page.locator("#id_how").select_option("in_person")
        ground.click()
        expect(page.get_by_role("button", name=said["sent"])).to_be_enabled()
        assert page.locator("#id_words").input_value() == "Mitä kerrotaan."
        assert faults(page) == []
        page.get_by_role("button", name=said["sent"]).click()
        page.wait_for_url("**/ilmoitukset")
        expect(page.locator("main")).to_contain_text("keksitty laki")
        assert faults(page) == []


def test_the_privacy_officer_reviews_a_glass_and_sees_who_has_looked(house: House, visit: Visit):
    said = house.said
    ilona = house.people["ilona"]
    actions.break_glass(house.ref, reason=GlassReason.CLIENT_HERE, words="soitti", key=UUID(int=7), **house.now(ilona))
    with visit(*STAFF) as page:
        house.sit(page, "petra", "/s/lasit")
        assert faults(page) == []
        page.get_by_label(said["needed"], exact=True).check()
        page.locator("textarea").fill("asia oli kunnossa")
        page.get_by_role("button", name=said["reviewed"]).click()
        expect(page.locator("main")).to_contain_text(said["none"])
        page.goto(f"{house.night.wire.url}/s/loki")
        expect(page.locator("main")).to_contain_text("Ilona")
        assert "Aino" not in page.content()
        assert faults(page) == []
    with visit(*STAFF) as page:
        house.sit(page, "kaisa", "katsoneet")
        expect(page.locator(".looked")).to_contain_text("Ilona")
        assert faults(page) == []
        page.goto(f"{house.night.wire.url}/s/oikeudet/seinat")
        assert faults(page) == []
