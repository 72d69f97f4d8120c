"""The plain stack's pages of cases: the same rows on the same pages, found by an index on the name in clear."""

from secrets import token_hex
from typing import Any
from uuid import UUID

from django import forms
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from tests.bench.stack.models import (
    PlainCase,
    PlainClient,
    PlainEntry,
    PlainFact,
    PlainLine,
    PlainSeat,
    PlainTask,
    PlainVisit,
)

PAGE, MOST = 25, 20
PLACES = [("Today", "/"), ("Telephone", "/"), ("Cases", "/list"), ("On call", "/"), ("Staff", "/")]
_SECTIONS = [(word, word.capitalize()) for word in ("identity", "story", "health", "forensic", "legal")]
_ROLES = [(word, word.capitalize()) for word in ("midwife", "doctor", "psychologist", "social worker", "chaplain")]


class SearchForm(forms.Form):
    """What is looked for."""

    text = forms.CharField(max_length=100)


class EntryForm(forms.Form):
    """A line of the timeline."""

    section = forms.ChoiceField(choices=_SECTIONS, widget=forms.RadioSelect)
    words = forms.CharField(widget=forms.Textarea)


class TaskForm(forms.Form):
    """Something to be done."""

    title = forms.ChoiceField(choices=_SECTIONS)
    words = forms.CharField()
    section = forms.ChoiceField(choices=_SECTIONS)
    turn = forms.ChoiceField(choices=_ROLES)
    due = forms.DateField(widget=forms.DateInput({"type": "date"}))


class OpeningForm(forms.Form):
    """Somebody who has come."""

    key = forms.UUIDField()
    called = forms.CharField(required=False, max_length=100)


def allowed(request: HttpRequest) -> bool:
    """Whether whoever asks may work on cases."""
    someone: Any = request.user
    return bool(someone.is_authenticated and someone.has_perm("stack.keep_notes"))


def _line(request: HttpRequest, what: str, row: int) -> None:
    someone: Any = request.user
    PlainLine(at=timezone.now(), who=someone, what=what, row=row).save()  # noqa: TID251


def case_list(request: HttpRequest) -> HttpResponse:
    """The newest that are open."""
    if not allowed(request):
        return HttpResponse(status=403)
    with transaction.atomic():
        cases = list(_rows(PlainCase._default_manager.filter(closed_at=None))[: PAGE + 1])
        _line(request, "listed", 0)
    known = {"cases": cases[:PAGE], "more": cases[PAGE - 1].pk if len(cases) > PAGE else "", "form": SearchForm()}
    return render(request, "stack/list.html", {"places": PLACES, **known})


def search(request: HttpRequest) -> HttpResponse:
    """Whoever has this name, or one that begins so."""
    form = SearchForm(request.POST)
    if not allowed(request) or not form.is_valid():
        return HttpResponse(status=403)
    text = form.cleaned_data["text"]
    with transaction.atomic():
        named = Q(client__called__istartswith=text) | Q(client__name__istartswith=text)
        cases = list(_rows(PlainCase._default_manager.filter(named))[: MOST + 1])
        _line(request, "searched", 0)
    return render(request, "stack/list.html", {"places": PLACES, "cases": cases[:MOST], "form": form})


def _rows(cases: QuerySet[PlainCase]) -> QuerySet[PlainCase]:
    here = PlainVisit._default_manager.filter(case=OuterRef("pk"), departed_at=None)
    rows: QuerySet[PlainCase] = cases.select_related("client").annotate(here=Exists(here))
    return rows.order_by("-opened_at", "-pk")


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, whole."""
    if not allowed(request):
        return HttpResponse(status=403)
    with transaction.atomic():
        row = get_object_or_404(PlainCase._default_manager.select_related("client"), pk=pk)
        known: dict[str, Any] = {
            "case": row,
            "facts": list(PlainFact._default_manager.filter(case=row).select_related("entry__who")),
            "entries": list(PlainEntry._default_manager.filter(case=row).select_related("who").order_by("at", "pk")),
            "tasks": list(PlainTask._default_manager.filter(case=row, done_at=None).order_by("due", "pk")),
            "visits": list(PlainVisit._default_manager.filter(case=row).order_by("-at")),
            "seats": list(PlainSeat._default_manager.filter(case=row).select_related("who")),
            "entry_form": EntryForm(auto_id="entry_%s"),
            "task_form": TaskForm(auto_id="task_%s"),
        }
        _line(request, "read", row.pk)
    return render(request, "stack/case.html", {"places": PLACES, **known})


def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of a case's timeline."""
    form = EntryForm(request.POST)
    if not allowed(request) or not form.is_valid():
        return HttpResponse(status=403)
    someone: Any = request.user
    with transaction.atomic():
        row = get_object_or_404(PlainCase._default_manager.select_for_update(), pk=pk, closed_at=None)
        PlainEntry(case=row, who=someone, at=timezone.now(), kind="written", words=form.cleaned_data["words"]).save()  # noqa: TID251
        _line(request, "written", row.pk)
    return redirect(f"/case/{row.pk}")


def open_case(request: HttpRequest) -> HttpResponse:
    """A case for somebody who has come: who they are, whose case it is, that they are here."""
    form = OpeningForm(request.POST)
    if not allowed(request) or not form.is_valid():
        return HttpResponse(status=403)
    someone: Any = request.user
    key: UUID = form.cleaned_data["key"]
    at = timezone.now()  # noqa: TID251
    with transaction.atomic():
        client = PlainClient(code=token_hex(4), called=form.cleaned_data["called"])
        client.save()
        row = PlainCase(key=key, client=client, opened_at=at)
        row.save()
        PlainSeat(case=row, who=someone, at=at, role="midwife").save()
        PlainEntry(case=row, who=someone, at=at, kind="opened").save()
        PlainVisit(case=row, who=someone, at=at).save()
        PlainEntry(case=row, who=someone, at=at, kind="arrived").save()
        _line(request, "opened", row.pk)
    return HttpResponse(status=303, headers={"Location": f"/case/{row.pk}"})


_PAST = (
    "insert into stack_plainclient (id, code, called, name) select n, 'code ' || n, "
    "case when n <= 30 or n % 50 = 0 then 'Meiju' else md5(n::text) end, "
    "case when n <= 30 and n % 2 = 0 then 'Meiju Virtanen' else md5(n::text) || ' ' || md5(n::text) end "
    "from generate_series(1, 100000) n",
    "insert into stack_plaincase (id, key, client_id, opened_at, closed_at) select n, gen_random_uuid(), n, "
    "now() - n * interval '36 minutes', case when n > 30 and n % 10 <> 0 then now() end "
    "from generate_series(1, 100000) n",
    "insert into stack_plainseat (case_id, who_id, at, role) select n, 1, now(), 'midwife' "
    "from generate_series(1, 100000) n, generate_series(1, 4) each where n <= 30 or each = 1",
    "insert into stack_plainentry (case_id, who_id, at, kind, words) select n, 1, now(), 'written', "
    "case when n <= 30 then %(words)s else '' end "
    "from generate_series(1, 100000) n, generate_series(1, 8) each where n <= 30 or each <= 2",
    "insert into stack_plainfact (case_id, who_id, at, entry_id, topic, answer) "
    "select case_id, 1, now(), min(id), 'injuries', 'no' from stack_plainentry, generate_series(1, 5) each "
    "where case_id <= 30 or each <= 2 group by case_id, each",
    "insert into stack_plaintask (case_id, who_id, at, title, role, due, done_at) "
    "select n, 1, now(), 'plan', 'midwife', now(), case when n % 10 <> 0 and n > 30 then now() end "
    "from generate_series(1, 100000) n, generate_series(1, 2) each where n <= 30 or each = 1",
    "insert into stack_plainvisit (case_id, who_id, at, room, departed_at) select n, 1, now(), '', now() "
    "from generate_series(31, 100000) n",
    "select setval('stack_plainclient_id_seq', 100000), setval('stack_plaincase_id_seq', 100000)",
)
_WORDS = "Sovittu, että soitetaan perjantaina iltapäivällä ja sovitaan seuraava aika."


def fill() -> None:
    """As many cases as ours, the newest with as much in them."""
    with connection.cursor() as cursor:
        for statement in _PAST:
            cursor.execute(statement.replace("% ", "%% "), {"words": _WORDS})
        cursor.execute("vacuum analyze")
