"""What every answer carries, whoever asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

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
