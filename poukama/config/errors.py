"""Which page says that something is wrong: the staff side's under its address, the public one anywhere else."""

from django.http import HttpRequest, HttpResponse

from poukama.core.middleware import STAFF
from poukama.guide import views as guide
from poukama.signin import trouble


def _staff(request: HttpRequest) -> bool:
    return request.path_info.startswith(STAFF)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return (trouble.bad_request if _staff(request) else guide.bad_request)(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return (trouble.forbidden if _staff(request) else guide.forbidden)(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return (trouble.not_found if _staff(request) else guide.not_found)(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return (trouble.server_error if _staff(request) else guide.server_error)(request)
