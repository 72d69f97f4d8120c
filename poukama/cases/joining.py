"""Two records of one person, and two registers: what may be read together, by the client's word or a law (S09)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from poukama.cases import access, actions
from poukama.cases.forms import CrossingForm, DoneForm, JoinForm
from poukama.cases.page import Here, in_case, show_case
from poukama.cases.rules import Refusal, Refused
from poukama.cases.walls import Reach, Section
from poukama.clients import access as clients
from poukama.clients import actions as records
from poukama.clients.consents import NoGround
from poukama.clients.rules import CannotJoin
from poukama.clients.words import NOT_JOINABLE
from poukama.gate.rules import Permission


def _back(here: Here) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('cases:told', args=[here.ref.id])}#who", status=303)


@in_case(Permission.RECORDS_JOIN)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, here: Here) -> HttpResponse:
    """Let this record stand with the one that has the client's identity code; or part them again."""
    here.must(Reach.WRITES, Section.IDENTITY)
    form = JoinForm(request.POST or None)
    if form.is_valid() and _joined(form, here):
        return _back(here)
    together = clients.read(here.case.client, **here.now).joined
    codes = access.codes(here.case, together, by=here.by)
    known = {"form": form, "codes": sorted(codes.values())}
    return show_case(request, here, "cases/join.html", known, status=422 if form.is_bound else 200)


def _joined(form: JoinForm, here: Here) -> bool:
    if here.case.closed_at:
        form.refuse(Refusal.CLOSED)
        return False
    found = clients.find(here.case.centre, form.cleaned_data["code"], **here.now)
    if len(found.hits) != 1:
        form.add_error("code", _("This finds no record, or more than one. Write the whole code."))
        return False
    official = clients.client(here.case.centre, found.hits[0].client, by=here.by)
    try:
        records.join(here.case.client, official=official, key=form.cleaned_data["key"], **here.now)
    except CannotJoin as no:
        form.add_error("code", str(NOT_JOINABLE[no.why]))
    except NoGround:
        form.add_error(None, _("The client has not said yes to joining the records. Ask first: see the consents."))
    else:
        return True
    return False


@in_case(Permission.RECORDS_JOIN)
@require_POST
def part(request: HttpRequest, here: Here) -> HttpResponse:
    """Part this record from the one it stands with. Done twice, there is nothing left to part."""
    here.must(Reach.WRITES, Section.IDENTITY)
    form = DoneForm(request.POST)
    try:
        if form.is_valid() and not here.case.closed_at:
            records.part(here.case.client, key=form.cleaned_data["key"], **here.now)
    except CannotJoin:
        # It stands by itself already.
        pass
    return _back(here)


@in_case(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def cross(request: HttpRequest, here: Here) -> HttpResponse:
    """Whether health care and social welfare may read each other in this case."""
    here.must(Reach.WRITES, Section.IDENTITY)
    form = CrossingForm(request.POST or None)
    if form.is_valid():
        said, key = form.said(here.at), form.cleaned_data["key"]
        try:
            actions.let_registers_read(here.entered, crossing=said, key=key, **here.now)
            return HttpResponseRedirect(reverse("cases:team", args=[here.ref.id]), status=303)
        except Refused as no:
            form.refuse(no.refusal)
    return show_case(request, here, "cases/cross.html", {"form": form}, status=422 if form.is_bound else 200)
