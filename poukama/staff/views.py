"""The staff side's own pages."""

from django.http import HttpRequest, HttpResponse

from poukama.gate.gates import needs
from poukama.gate.rules import Permission
from poukama.staff.page import show


@needs(Permission.STAFF_ENTER)
def home(request: HttpRequest) -> HttpResponse:
    """Where a member lands."""
    return show(request, "staff/home.html")
