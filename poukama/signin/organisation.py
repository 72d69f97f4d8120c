"""Signing in with the organisation's own account (OpenID Connect): allauth asks, we decide who that is.

It never makes a member. It knows a member by a subject that was linked once while signed in, or, where the
installation says which claim is the organisation's own verified login, by that. Nothing else it tells is kept.
"""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from poukama.core import clock
from poukama.signin import coming

PROVIDER = "organisation"


class Coming(OpenIDConnectOAuth2Adapter):
    """The conversation with the organisation's server. Whoever it names is let in here, and allauth keeps nothing."""

    def get_provider(self) -> "Provider":
        """The organisation's server as this installation knows it."""
        return _provider(self.request)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the organisation's server sends people back to."""
        return request.build_absolute_uri(reverse("signin:organisation-back"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **known: Any) -> NoReturn:
        """Somebody has signed in there."""
        found: SocialLogin = super().complete_login(request, app, token, **known)
        login = verified_login(found.account.extra_data, settings.ORGANISATION_LOGIN_CLAIM)
        answer = coming.from_organisation(request, PROVIDER, found.account.uid, login, at=clock.now())
        raise ImmediateHttpResponse(answer)


class Provider(OpenIDConnectProvider):
    """The organisation's server, with our conversation."""

    oauth2_adapter_class = Coming


class Refusing(DefaultSocialAccountAdapter):
    """What allauth asks when the organisation's server refuses, or somebody turns back there."""

    def on_authentication_error(self, request: HttpRequest, *args: Any, **known: Any) -> NoReturn:
        """Say so on a page of ours."""
        raise ImmediateHttpResponse(coming.organisation_refused(request))


def known() -> str:
    """What the organisation calls its account; empty where there is none."""
    return str(settings.ORGANISATION["name"]) if settings.ORGANISATION else ""


def ask(request: HttpRequest) -> HttpResponse:
    """Send somebody to the organisation's server. Raises Http404 where there is none."""
    answer: HttpResponse = _provider(request).redirect(request, process="login")
    return answer


def answered(request: HttpRequest) -> HttpResponse:
    """Take what the organisation's server sends back. Raises Http404 where there is none."""
    _provider(request)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(Coming(request, PROVIDER))(request)
    return answer


def _provider(request: HttpRequest) -> Provider:
    if not settings.ORGANISATION:
        raise Http404
    return Provider(request, app=SocialApp(provider=Provider.id, provider_id=PROVIDER, **settings.ORGANISATION))


def verified_login(told: dict[str, Any], claim: str) -> str:
    """The login that the organisation vouches for; empty where the installation trusts no claim of it."""
    facts = {**(told.get("id_token") or {}), **(told.get("userinfo") or {})}
    if not claim or (claim == "email" and facts.get("email_verified") is not True):
        return ""
    return str(facts.get(claim) or "").strip().lower()
