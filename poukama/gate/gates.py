"""The gates: `@needs` or `@open_to_all` on every page, `admit` before every read, `@action` on every write."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from poukama.audit import trail
from poukama.gate.rules import NOBODY, Actor, Permission
from poukama.gate.scope import within

View = Callable[..., HttpResponse]
OPEN = "open to all"


class AtCentre(Protocol):
    """Anything that belongs to one centre."""

    @property
    def centre_id(self) -> int: ...


class Row(AtCentre, Protocol):
    """A row that belongs to one centre."""

    _meta: ClassVar[Any]

    @property
    def pk(self) -> Any: ...


P = ParamSpec("P")
S = TypeVar("S", bound=AtCentre)
R = TypeVar("R", bound=Row)
Write = Callable[Concatenate[S, P], R]


class AlreadyDone(Exception):
    """Raised inside an action that finds its write done before: nothing is written, and the caller gets that row."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row


def actor_of(request: HttpRequest) -> Actor:
    """Who makes this request; nobody, unless a login has said otherwise."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor


def admit(by: Actor, permission: Permission, *, centre: int) -> None:
    """Let an actor through to one centre. Raises Http404 for a centre not theirs, PermissionDenied within their own."""
    if not by.belongs_to(centre):
        raise Http404
    if not by.may(permission, centre=centre):
        raise PermissionDenied


def name_of(row: Row) -> str:
    """What the audit trail calls a row: its table and its key, nothing that is in it."""
    return f"{row._meta.label_lower}:{row.pk}"


def needs(permission: Permission) -> Callable[[View], View]:
    """Open a page to those who hold the permission at some centre; which rows they see is for `access` to say."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not actor_of(request).may_somewhere(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(gated, gate=permission)

    return wrap


def open_to_all(view: View) -> View:
    """Say that a page is for everybody."""
    return _marked(view, gate=OPEN)


def action(event: str, permission: Permission) -> Callable[[Write[S, P, R]], Write[S, P, R]]:
    """Make a write permitted, whole and remembered.

    The first argument is what is acted on; keyword-only `by` and `at` say who and when. The write sees only rows of
    that object's centre. The audit line goes last, to the chain of the row that was written; if that is another centre
    than the object's, the permission must be held there too.
    """

    def wrap(write: Write[S, P, R]) -> Write[S, P, R]:
        @functools.wraps(write)
        def gated(subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            by: Any = kwargs["by"]
            at: Any = kwargs["at"]
            admit(by, permission, centre=subject.centre_id)
            try:
                with within(subject.centre_id):
                    row = write(subject, *args, **kwargs)
                    with _chain_of(row, subject, by, permission):
                        trail.record(event, centre=row.centre_id, actor=by.key, target=name_of(row), at=at)
            except AlreadyDone as done:
                found: Any = done.row
                return found  # type: ignore[no-any-return]
            return row

        return _marked(gated, gate=permission, event=event)

    return wrap


@contextmanager
def _chain_of(row: AtCentre, subject: AtCentre, by: Actor, permission: Permission) -> Iterator[None]:
    if row.centre_id == subject.centre_id:
        yield
        return
    admit(by, permission, centre=row.centre_id)
    with within(row.centre_id):
        yield


F = TypeVar("F", bound=Callable[..., Any])


def _marked(function: F, **marks: str) -> F:
    # The sweeps in tests/architecture look for these marks.
    vars(function).update(marks)
    return function
