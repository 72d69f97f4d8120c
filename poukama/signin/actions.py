"""Coming in and going out, and keeping what lets one in. Each is a line in the trail of the installation."""

import datetime as dt
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, compare_user_code, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied

from poukama.gate.gates import action
from poukama.gate.rules import Actor, Permission, WholeInstallation
from poukama.signin.models import Entry, Lift, WrongTry
from poukama.signin.rules import LIFT_HOLDS, Way, oneself
from poukama.signin.sealing import secrets_of
from poukama.staff.models import Member, Post

KIND = Authenticator.Type
# Wrong tries are forgotten after a day; they count for minutes.
_FORGOTTEN = dt.timedelta(days=1)


class WrongCode(Exception):
    """A code, key or other proof that is not the right one, or was used before."""


# ── At the door ──────────────────────────────────────────────────────────────────────────────────────────────


@action("signin.refused", Permission.SIGN_IN)
def refuse(
    installation: WholeInstallation, /, *, key: bytes, member: Member | None = None, by: Actor, at: dt.datetime
) -> WrongTry | Member:
    """Write down a try in vain. The line names the member whose name it was, if there is one."""
    WrongTry.objects.filter(at__lte=at - _FORGOTTEN).delete()
    tried = WrongTry.objects.create(key=key, at=at)
    return member or tried


@action("signin.shut_out", Permission.SIGN_IN)
def shut_out(member: Member, /, *, by: Actor, at: dt.datetime) -> Member:
    """Write down that a member's name is shut out for now."""
    return member


@action("signin.entered", Permission.SIGN_IN)
def enter(member: Member, /, *, way: Way, machine: bytes, key: bytes, by: Actor, at: dt.datetime) -> Entry:
    """Let a member in who has proved who they are, at a machine; tries in vain at the name no longer count."""
    _is_oneself(member, by)
    WrongTry.objects.filter(key=key).delete()
    return Entry.objects.create(member=member, way=way, machine=machine, at=at)


@action("signin.left", Permission.SIGN_IN)
def leave(member: Member, /, *, by: Actor, at: dt.datetime) -> Member:
    """Write down that a member has gone out."""
    _is_oneself(member, by)
    return member


@action("signin.locked", Permission.SIGN_IN)
def lock(member: Member, /, *, by: Actor, at: dt.datetime) -> Member:
    """Write down that a member's session is locked."""
    _is_oneself(member, by)
    return member


@action("signin.unlocked", Permission.SIGN_IN)
def unlock(member: Member, /, *, key: bytes, by: Actor, at: dt.datetime) -> Member:
    """Write down that a member has unlocked the session."""
    _is_oneself(member, by)
    WrongTry.objects.filter(key=key).delete()
    return member


def _is_oneself(member: Member, by: Actor) -> None:
    """Nobody comes in, goes out or sets up a step for another."""
    if by.key != oneself(member.pk).key:
        raise PermissionDenied


# ── Proofs ───────────────────────────────────────────────────────────────────────────────────────────────────


@action("signin.code_used", Permission.SIGN_IN)
def use_code(member: Member, /, *, code: str, by: Actor, at: dt.datetime) -> Member:
    """Use a code of the member's app, or one of the paper codes: each holds once. Raises WrongCode."""
    _is_oneself(member, by)
    held = Authenticator.objects.select_for_update().filter(user=member, type__in=(KIND.TOTP, KIND.RECOVERY_CODES))
    with secrets_of(member):
        for each in held.order_by("type"):
            if _use_app(each, code, at) if each.type == KIND.TOTP else RecoveryCodes(each).validate_code(code):
                Authenticator.objects.filter(pk=each.pk).update(last_used_at=at)
                return member
    raise WrongCode


def _use_app(held: Authenticator, code: str, at: dt.datetime) -> bool:
    step = _step_of(decrypt(held.data["secret"]), code, at)
    if step is None or step <= held.data.get("step", -1):
        return False
    held.data = {**held.data, "step": step}
    held.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str, at: dt.datetime) -> int | None:
    """The step of time that a code is of: this one, the one before for whoever types slowly, or the next."""
    now: int = int(at.timestamp()) // app_settings.TOTP_PERIOD
    for step in (now, now - 1, now + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


@action("signin.passkey_used", Permission.SIGN_IN)
def use_passkey(member: Member, /, *, passkey: Authenticator, by: Actor, at: dt.datetime) -> Member:
    """Write down that a member's passkey was used."""
    _is_oneself(member, by)
    Authenticator.objects.filter(pk=passkey.pk, user=member).update(last_used_at=at)
    return member


# ── What lets one in ─────────────────────────────────────────────────────────────────────────────────────────


@action("step.app_added", Permission.SIGN_IN)
def add_app(member: Member, /, *, secret: str, code: str, by: Actor, at: dt.datetime) -> Member:
    """Take an app's codes as second step, in place of any app before; its first code shows that it works.

    Raises WrongCode.
    """
    _is_oneself(member, by)
    step = _step_of(secret, code, at)
    if step is None:
        raise WrongCode
    Authenticator.objects.filter(user=member, type=KIND.TOTP).delete()
    with secrets_of(member):
        held = TOTP.activate(member, secret).instance
        _paper_if_none(member)
    Authenticator.objects.filter(pk=held.pk).update(created_at=at, data={**held.data, "step": step})
    return member


@action("step.passkey_added", Permission.SIGN_IN)
def add_passkey(member: Member, /, *, name: str, credential: dict[str, Any], by: Actor, at: dt.datetime) -> Member:
    """Take a passkey that has just been checked."""
    _is_oneself(member, by)
    held = WebAuthn.add(member, name, credential).instance
    Authenticator.objects.filter(pk=held.pk).update(created_at=at)
    with secrets_of(member):
        _paper_if_none(member)
    return member


@action("step.removed", Permission.SIGN_IN)
def remove_step(member: Member, /, *, passkey: int | None = None, by: Actor, at: dt.datetime) -> Member:
    """Take away a passkey, or the app if none is named. The last second step stays (WrongCode)."""
    _is_oneself(member, by)
    held = Authenticator.objects.select_for_update().filter(user=member, type__in=(KIND.TOTP, KIND.WEBAUTHN))
    one = [each for each in held if (each.pk == passkey if passkey else each.type == KIND.TOTP)]
    if not one or len(held) == len(one):
        raise WrongCode
    one[0].delete()
    return member


@action("step.paper_made", Permission.SIGN_IN)
def make_paper(member: Member, /, *, by: Actor, at: dt.datetime) -> Member:
    """Make new paper codes; those before hold no more."""
    _is_oneself(member, by)
    Authenticator.objects.filter(user=member, type=KIND.RECOVERY_CODES).delete()
    with secrets_of(member):
        _paper_if_none(member)
    return member


def _paper_if_none(member: Member) -> None:
    RecoveryCodes.activate(member)


@action("password.changed", Permission.SIGN_IN)
def change_password(member: Member, /, *, password: str, by: Actor, at: dt.datetime) -> Member:
    """Change a member's password: whatever other session is open ends."""
    _is_oneself(member, by)
    member.set_password(password)
    member.save(update_fields=["password"])
    return member


@action("organisation.linked", Permission.SIGN_IN)
def link(member: Member, /, *, provider: str, subject: str, by: Actor, at: dt.datetime) -> Member:
    """From now on an organisation's sign-in of this subject is this member's. Nothing else that it told is kept.

    Raises WrongCode if the subject is somebody else's.
    """
    _is_oneself(member, by)
    linked, _ = SocialAccount.objects.get_or_create(provider=provider, uid=subject, defaults={"user": member})
    if linked.user_id != member.pk:
        raise WrongCode
    return member


@action("organisation.unlinked", Permission.SIGN_IN)
def unlink(member: Member, /, *, by: Actor, at: dt.datetime) -> Member:
    """The organisation's sign-in lets this member in no more."""
    _is_oneself(member, by)
    SocialAccount.objects.filter(user=member).delete()
    return member


# ── The way back for whoever is shut out ─────────────────────────────────────────────────────────────────────


@action("signin.lift_made", Permission.SIGN_IN)
def make_lift(member: Member, /, *, made_by: Member, code: bytes, by: Actor, at: dt.datetime) -> Lift:
    """Give a colleague at the same centre a one-time code to try again with."""
    _is_oneself(made_by, by)
    if member.pk == made_by.pk or not _centres(member, at) & _centres(made_by, at):
        raise PermissionDenied
    return Lift.objects.create(member=member, made_by=made_by, code=code, made_at=at, expires_at=at + LIFT_HOLDS)


def _centres(member: Member, at: dt.datetime) -> set[int]:
    held = Post.objects.filter(member=member, begins__lte=at).exclude(ends__lte=at)
    return set(held.values_list("centre_id", flat=True))


@action("signin.lifted", Permission.SIGN_IN)
def use_lift(member: Member, /, *, code: bytes, key: bytes, by: Actor, at: dt.datetime) -> Lift:
    """Use a colleague's code: tries in vain at the name no longer count. Raises WrongCode."""
    open_ones = Lift.objects.filter(member=member, code=code, used_at=None, expires_at__gt=at)
    lift = open_ones.select_for_update().first()
    if lift is None:
        raise WrongCode
    Lift.objects.filter(pk=lift.pk).update(used_at=at)
    WrongTry.objects.filter(key=key).delete()
    return lift


@action("signin.let_try", Permission.MEMBERS_KEEP)
def let_try(member: Member, /, *, key: bytes, by: Actor, at: dt.datetime) -> Member:
    """Let somebody who is shut out try again at once: for the command line."""
    WrongTry.objects.filter(key=key).delete()
    return member
