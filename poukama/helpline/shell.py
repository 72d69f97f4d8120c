"""What the staff side keeps in a browser, so that the desk stands without a server: the shell, and none of its data.

Both pages hang on a language and a centre's pack alone, and are the same to whoever asks.
"""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from poukama.centres.access import list_centres, practice
from poukama.centres.models import Centre
from poukama.centres.words import SPOKEN
from poukama.doors.held import policy_of
from poukama.doors.rules import Policy
from poukama.gate.gates import open_to_all
from poukama.helpline import asked, page, phrases, words
from poukama.helpline.answers import Answers, Words
from poukama.helpline.rules import Option, Phrase
from poukama.helpline.shown import Desk
from poukama.helpline.suggested import Button

NOBODYS = UUID(int=0)
_STYLES = (
    "core/poukama.css",
    "core/staff.css",
    "core/mark.svg",
    "helpline/helpline.css",
    "core/kept.js",
    "core/forget.js",
)
# What is said whatever the caller has answered; the police are no promise while an age is not known.
_ALWAYS = tuple(phrase for phrase in Phrase if phrase is not Phrase.POLICE_OPTIONAL)


@open_to_all
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of `/s/`: it keeps the shell, and lets every answer with data pass."""
    language, centre = _asked(request)
    asks = urlencode({"kieli": language, "keskus": centre.code})
    shell = _shell(language, centre)
    files = sorted({staticfiles_storage.url(name) for name in (*_STYLES, *_scripts())})
    known = {
        "version": hashlib.sha256("".join((shell, *files)).encode()).hexdigest()[:16],
        "shell": f"{reverse('offline')}?{asks}",
        "paper": reverse("helpline:paper"),
        "files": json.dumps(files),
    }
    script = render_to_string("helpline/worker.js", known)
    return HttpResponse(script, "text/javascript", headers={"Service-Worker-Allowed": "/s/"})


@open_to_all
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that stands where no server answers; what lies in the browser is put into it there."""
    return HttpResponse(_shell(*_asked(request)))


def _asked(request: HttpRequest) -> tuple[str, Centre]:
    """The language and the centre that the address names. Raises Http404 for a centre that there is not."""
    language = request.GET.get("kieli", "")
    codes = {centre.code: centre for centre in list_centres()}
    if request.GET.get("keskus") not in codes or language not in dict(settings.LANGUAGES):
        raise Http404
    return language, codes[request.GET["keskus"]]


def _shell(language: str, centre: Centre) -> str:
    policy = policy_of(centre)
    with override(language):
        return render_to_string("helpline/shell.html", _context(policy, language))


def _context(policy: Policy, reader: str) -> dict[str, Any]:
    """An empty contact, with everything that may be said in every language that we speak."""
    pack = policy.pack
    typed = {**asdict(Answers()), **asdict(Words())}
    given = {"emergency": pack.emergency_phone, "duty": pack.duty.under if pack.duty else ""}
    duty = phrases.sentences([Phrase.DUTY], reader, reader, given)[0]
    buttons = [
        Button(option, words.OPTION[option], number, primary=False, taken=False)
        for number, option in enumerate(Option, start=1)
    ]
    return {
        **page.on_call(Desk(policy), reader),
        "nobody": False,
        "practice": practice(),
        "country": pack.country,
        "zone": pack.zone.key,
        "language": reader,
        "rail": [{"href": reverse("helpline:desk"), "icon": "phone", "word": _("Telephone"), "here": True}],
        "contact": {"ref": {"id": NOBODYS}, "number": 0, "began_at": ""},
        "channel": _("Contact"),
        "writer": NOBODYS,
        "key": NOBODYS,
        "next_number": 1,
        "questions": asked.questions(typed, {}, pack, reader),
        "words": asked.fields(typed, {}),
        "ticks": asked.ticks(typed),
        "saved": {"state": "wait", "word": _("no connection")},
        "sentences": [one for spoken in SPOKEN for one in phrases.sentences(_ALWAYS, spoken, reader, given)],
        "duty": {"under": pack.duty.under, "language": duty.language, "text": duty.quoted} if pack.duty else None,
        "suggestion": {"title": _("No suggestion without a connection"), "option": buttons[0], "others": buttons[1:]},
    }


@lru_cache(maxsize=1)
def _scripts() -> tuple[str, ...]:
    """The room's scripts, by the names that static files have."""
    folder = Path(__file__).parent / "static"
    return tuple(path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.js")))
