"""The plain page: the least that Django can serve, for the guide's pages to be measured against."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def plain(request: HttpRequest) -> HttpResponse:
    """A page of one line."""
    return HttpResponse("<!doctype html><title>Plain</title><p>Plain")


urlpatterns = [path("", plain)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
application = get_wsgi_application()
