"""The plain stack's settings, its pages, and its preparation: run as a program it prints a session."""

import json
import os
import sys
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from poukama.config.settings import POOL, database

plain = database(os.environ["POUKAMA_PLAIN_URL"])
options: Any = plain["OPTIONS"]
settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for the bench",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.postgres",
        "django.contrib.sessions",
        "tests.bench.stack",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {**plain, "OPTIONS": {**options, "pool": {**POOL, "reset": None}}}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth"]},
        }
    ],
)
application = get_wsgi_application()


def save(request: HttpRequest) -> HttpResponse:
    """Session, login, permission, one audit line, one write: in one transaction."""
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tests.bench.stack.models import PlainLine, PlainNote  # noqa: PLC0415

    someone: Any = request.user
    if not someone.is_authenticated or not someone.has_perm("stack.keep_notes"):
        return HttpResponse(status=403)
    sent = json.loads(request.body)
    with transaction.atomic():
        PlainNote(pk=1, text=sent["fields"]["note"], number=sent["number"]).save(force_update=True)
        PlainLine(at=timezone.now(), who=someone, what="saved", row=1).save()  # noqa: TID251
    return JsonResponse({"number": sent["number"]})


from tests.bench.stack import cases  # noqa: E402 - only after the settings

urlpatterns = [
    path("save", save),
    path("list", cases.case_list),
    path("case/<int:pk>", cases.case),
    path("case/<int:pk>/write", cases.write),
    path("search", cases.search),
    path("open", cases.open_case),
]


def prepare() -> str:
    """Its tables, a note, and somebody who is signed in and may keep it; the key of their session."""
    from django.contrib.auth.models import Permission, User  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tests.bench.stack.models import PlainNote  # noqa: PLC0415

    # The tables of people first: ours point at them, and are made without migrations.
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    PlainNote(pk=1, text="").save()
    someone: Any = User.objects.create_user("someone")
    someone.user_permissions.add(Permission.objects.get(codename="keep_notes"))
    cases.fill()
    browser = Client()
    browser.force_login(someone)
    return browser.cookies["sessionid"].value


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(prepare())
