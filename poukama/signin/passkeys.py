"""Passkeys: what the browser is asked, and whether its answer holds. allauth and fido2 do the work.

Ours always verify the person (a finger, a face, a PIN), so one of them counts as both steps.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from poukama.signin.actions import WrongCode
from poukama.staff.models import Member

# A browser's answer is a few kilobytes at most.
_LONGEST = 20_000


def question_of_a_new_one(member: Member) -> dict[str, Any]:
    """What to ask a browser for, so that it makes a passkey."""
    asked: dict[str, Any] = auth.begin_registration(member, passwordless=True)
    return asked


def new_one(answer: str) -> dict[str, Any]:
    """The credential that a browser has made, checked. Raises WrongCode."""
    credential = _parsed(answer)
    try:
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError):
        raise WrongCode from None
    if not made.is_user_verified():
        raise WrongCode
    return credential


def question(member: Member | None) -> dict[str, Any]:
    """What to ask a browser for, so that it shows one of this member's passkeys, or of anybody's."""
    asked: dict[str, Any] = auth.begin_authentication(member)
    return asked


def shown(answer: str, expected: Member | None) -> tuple[Member, Authenticator]:
    """Whose passkey a browser has shown, and which. Raises WrongCode, for another's than the expected member's too."""
    response = _parsed(answer)
    try:
        member = expected or auth.extract_user_from_response(response)
        return member, auth.complete_authentication(member, auth.parse_authentication_response(response))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        raise WrongCode from None


def _parsed(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer) if len(answer) <= _LONGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise WrongCode
    return found
