"""How pages point at each other: on a server, or as files on a stick."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from django.templatetags.static import static

from poukama.guide.pages import Address


class Links(Protocol):
    """Where a page finds the other pages, the static files and the way out."""

    @property
    def leave(self) -> str: ...
    @property
    def timeless(self) -> bool: ...
    def to(self, address: Address) -> str: ...
    def asset(self, path: str) -> str: ...


@dataclass(frozen=True, slots=True)
class OnServer:
    """Paths from the root. The way out is our own address, which clears what there might be and goes on."""

    leave: str = "/poistu"
    timeless = False

    def to(self, address: Address) -> str:
        """The path of a page."""
        return f"/{address.path}"

    def asset(self, path: str) -> str:
        """The path of a static file, hashed where the files have been collected."""
        return static(path)


@dataclass(frozen=True, slots=True)
class AsFiles:
    """Paths from the file that holds the page; the way out leads straight to the page it ends at.

    >>> from poukama.guide.pages import Page
    >>> AsFiles("https://weather.example/", "fi/keskukset/helsinki.html").to(Address(Page.HELP, "sv"))
    '../../sv/hjalp.html'
    """

    leave: str
    file: str
    timeless = True  # whoever opens the file may do so at any hour

    def to(self, address: Address) -> str:
        """The way to a page's file."""
        return f"{self._up}{address.path}.html"

    def asset(self, path: str) -> str:
        """The way to a static file, which keeps its plain name."""
        return f"{self._up}static/{path}"

    @property
    def _up(self) -> str:
        return "../" * (len(PurePosixPath(self.file).parts) - 1)
