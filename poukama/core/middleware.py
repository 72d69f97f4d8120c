"""What every answer carries, whoever asks."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

Handler = Callable[[HttpRequest], HttpResponse]
STAFF = "/s/"

# The same for every page, so it is a constant: nothing but our own files runs or is fetched.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
RIGHTS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class LeaveNothing:
    """Nothing stays on the device and nothing foreign runs on it: no copy in a cache, no right to camera or place.

    It stands outermost, so that what the others refuse carries the same.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = RIGHTS
        return response


class OwnHosts:
    """Only our own hosts are answered, whatever is asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # It raises DisallowedHost for another.
        request.get_host()
        return self.get_response(request)


class StaffSide:
    """Under `/s/`, and nowhere else: sessions, forms, and who acts, as `settings.STAFF_MIDDLEWARE` lists them.

    So the public pages pay nothing for them, and can set no cookie by mistake.
    """

    def __init__(self, get_response: Handler) -> None:
        self.public = self.staff = get_response
        self.before_views: list[Callable[..., HttpResponse | None]] = []
        self.after_faults: list[Callable[..., HttpResponse | None]] = []
        for name in reversed(settings.STAFF_MIDDLEWARE):
            self.staff = import_string(name)(self.staff)
            if hasattr(self.staff, "process_view"):
                self.before_views.insert(0, self.staff.process_view)
            if hasattr(self.staff, "process_exception"):
                self.after_faults.append(self.staff.process_exception)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(STAFF):
            return self.public(request)
        response = self.staff(request)
        # A form must be seen to come from here, which a browser does not say where no referrer may be sent at all.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the staff side's own look at the view first, in their order."""
        if request.path_info.startswith(STAFF):
            for before in self.before_views:
                if (answer := before(request, view, args, kwargs)) is not None:
                    return answer
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Let the staff side answer for a fault that it knows, the innermost first."""
        if request.path_info.startswith(STAFF):
            for after in self.after_faults:
                if (answer := after(request, fault)) is not None:
                    return answer
        return None
