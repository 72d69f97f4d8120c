"""`poukama guide export DIR`: the public pages as plain files, for any web server or a stick.

A file has no clock, so each page tells both what holds while the centre is open and what holds at other times.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.contrib.staticfiles import finders

from poukama.core import catalogues, clock

if TYPE_CHECKING:
    from poukama.guide.installed import Installed

STATIC = ("core/poukama.css", "core/leave.js", "core/mark.svg")
# Pages that a web server in front of Poukama shows by itself.
TROUBLES = (404, 503)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `guide export` to the commands."""
    about = "Write the public pages of the front centre as plain files, in every language."
    parser = commands.add_parser("guide", help="the public pages as plain files", description=about)
    parser.add_argument("verb", choices=["export"], help="what to do")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to; files of these names are written over")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the files and say how many. 1 if they cannot be written or the pack cannot be read."""
    django.setup()
    catalogues.compile_all()
    # Late, since they need the settings.
    from poukama.centres.access import practice  # noqa: PLC0415
    from poukama.centres.pack import PackErrors  # noqa: PLC0415
    from poukama.guide.approved import approvals_known  # noqa: PLC0415
    from poukama.guide.installed import installed_at  # noqa: PLC0415

    is_practice = practice()
    try:
        installed = installed_at(settings.FRONT_PACK, settings.PACKS, is_practice)
        installed = installed.approved(approvals_known(installed.front.code))
        written = export(arguments.folder, installed, at=clock.now(), practice=is_practice)
    except (OSError, PackErrors) as error:
        sys.stderr.write(f"poukama: {' '.join(str(error).split())}\n")
        return 1
    sys.stdout.write(f"{written} pages in {arguments.folder}\n")
    return 0


def export(folder: Path, installed: "Installed", *, at: dt.datetime, practice: bool) -> int:
    """Write every page in every language, with what they need; how many pages it was."""
    pages = dict(_pages(installed, at, practice))
    for name, html in pages.items():
        _write(folder / name, html.encode())
    for name in STATIC:
        _write(folder / "static" / name, Path(str(finders.find(name))).read_bytes())
    return len(pages)


def _pages(installed: "Installed", at: dt.datetime, practice: bool) -> Iterator[tuple[str, str]]:
    """Each file's name and what stands in it."""
    from poukama.guide import page  # noqa: PLC0415
    from poukama.guide.links import AsFiles  # noqa: PLC0415
    from poukama.guide.pages import LANGUAGES, SLUGS, Address, Page  # noqa: PLC0415

    named = {"index.html": Address(Page.HELP, LANGUAGES[0])}
    for language in LANGUAGES:
        addresses = [Address(each, language) for each in SLUGS]
        addresses += [Address(Page.CENTRE, language, pack.code) for pack in installed.packs]
        named |= {f"{address.path}.html": address for address in addresses}
    for name, address in named.items():
        links = AsFiles(settings.WAY_OUT, name)
        yield name, page.html(address, installed, at=at, practice=practice, links=links)
    for language in LANGUAGES:
        for status in TROUBLES:
            name = f"{language}/{status}.html"
            links = AsFiles(settings.WAY_OUT, name)
            yield name, page.trouble(language, status, installed, at=at, practice=practice, links=links)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
