"""The public pages and their addresses: one set of words per language, none of which says what the pages are about."""

from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("fi", "sv", "en")


class Page(StrEnum):
    """A public page, named for what it is for."""

    HELP = "help"
    CENTRES = "centres"
    CENTRE = "centre"
    BEFORE = "before"
    VISIT = "visit"
    EXAMINATION = "examination"
    CHOICE = "choice"
    YOUNG = "young"
    LATER = "later"
    CLOSE = "close"
    BROWSING = "browsing"
    DATA = "data"
    LANGUAGES = "languages"
    PROFESSIONALS = "professionals"
    ACCESSIBILITY = "accessibility"


# A centre's own page stands under the list of centres.
SLUGS: dict[Page, tuple[str, str, str]] = {
    Page.HELP: ("apua", "hjalp", "help"),
    Page.CENTRES: ("keskukset", "centren", "centres"),
    Page.BEFORE: ("ennen-tuloa", "fore-besoket", "before-you-come"),
    Page.VISIT: ("kaynti", "besoket", "visit"),
    Page.EXAMINATION: ("tutkimus", "undersokning", "examination"),
    Page.CHOICE: ("ilmoitus", "anmalan", "report"),
    Page.YOUNG: ("nuoret", "unga", "young-people"),
    Page.LATER: ("myohemmin", "senare", "later"),
    Page.CLOSE: ("laheiselle", "narstaende", "loved-ones"),
    Page.BROWSING: ("selaaminen", "surfa-tryggt", "using-this-site"),
    Page.DATA: ("tietosi", "dina-uppgifter", "your-data"),
    Page.LANGUAGES: ("kielet", "sprak", "languages"),
    Page.PROFESSIONALS: ("ammattilaiset", "yrkespersoner", "professionals"),
    Page.ACCESSIBILITY: ("saavutettavuus", "tillganglighet", "accessibility"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Which page, in which language; of a centre's page also which centre, by its code.

    >>> Address(Page.VISIT, "sv").path, Address(Page.CENTRE, "fi", "helsinki").path
    ('sv/besoket', 'fi/keskukset/helsinki')
    """

    page: Page
    language: str
    centre: str = ""

    @property
    def path(self) -> str:
        """The address below the root, without a slash at either end."""
        if self.page is Page.CENTRE:
            return f"{Address(Page.CENTRES, self.language).path}/{self.centre}"
        return f"{self.language}/{SLUGS[self.page][LANGUAGES.index(self.language)]}"

    def within(self, language: str) -> "Address":
        """The same page in another language."""
        return Address(self.page, language, self.centre)
