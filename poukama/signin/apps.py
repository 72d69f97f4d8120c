"""allauth's accounts, inside the staff side only."""

from allauth.account.apps import AccountConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Accounts(AccountConfig):
    """allauth asks for its middleware around every page; ours stands where the staff side's does, and is checked there.

    So public pages do not pay for it.
    """

    def ready(self) -> None:
        """Check what allauth's own would, in the other list."""
        from allauth.account import checks  # noqa: F401, PLC0415 - registers allauth's checks

        if "allauth.account.middleware.AccountMiddleware" not in settings.STAFF_MIDDLEWARE:
            raise ImproperlyConfigured("allauth's middleware belongs in STAFF_MIDDLEWARE")
