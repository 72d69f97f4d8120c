"""The pages on a server of this process, at an hour that a journey chooses; nothing else is reached."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings

from poukama.core import catalogues, clock
from poukama.guide import views

HELSINKI = ZoneInfo("Europe/Helsinki")
OPEN = dt.datetime(2026, 11, 24, 12, 0, tzinfo=HELSINKI)
NIGHT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=HELSINKI)
SOURCE = Path(__file__).resolve().parents[2]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the parent's
        pass


@dataclass
class Site:
    """Where the pages are, and what they are told: the hour, the front centre, whether it is practice."""

    url: str
    at: dt.datetime = OPEN
    practice: bool = False

    def use(self, pack: str) -> None:
        """Make another centre the front one, until the next journey."""
        settings = override_settings(FRONT_PACK=SOURCE / "centres" / pack)
        settings.enable()
        self._changed.append(settings)

    def forget(self) -> None:
        """Back to Helsinki at noon, the real service."""
        while self._changed:
            self._changed.pop().disable()
        self.at, self.practice = OPEN, False
        self.referrers.clear()

    def __post_init__(self) -> None:
        self._changed: list[override_settings] = []
        self.referrers: list[str] = []


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Serve the pages, with their static files collected into a folder."""
    catalogues.compile_all()
    with override_settings(STATIC_ROOT=folder, WAY_OUT="/way-out"), pytest.MonkeyPatch.context() as patch:
        call_command("collectstatic", verbosity=0, interactive=False)
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.daemon_threads = True
        site = Site(f"http://127.0.0.1:{server.server_port}")
        answer = get_wsgi_application()

        def application(environ: dict[str, Any], start: Any) -> Any:
            site.referrers.append(environ.get("HTTP_REFERER", ""))
            return answer(environ, start)

        server.set_app(application)
        patch.setattr(clock, "now", lambda: site.at)
        patch.setattr(views, "practice", lambda: site.practice)
        patch.setattr(views, "approvals_known", lambda _code: ())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
