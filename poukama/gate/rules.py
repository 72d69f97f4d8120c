"""Who may do what, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """What may be done. Each is asked for somewhere and granted to somebody."""

    CASE_BREAK_GLASS = "case_break_glass"
    CASE_CLOSE = "case_close"
    CASE_READ = "case_read"
    CASE_REVIEW = "case_review"
    CASE_TEAM = "case_team"
    CASE_WRITE = "case_write"
    CENTRE_LOAD = "centre_load"
    CLIENT_READ = "client_read"
    CLIENT_WRITE = "client_write"
    CONSENT_WRITE = "consent_write"
    DISCLOSE = "disclose"
    GROUND_NAME = "ground_name"
    CONTACT_KEEP = "contact_keep"
    CONTACT_READ = "contact_read"
    MEASURES_READ = "measures_read"
    MEMBERS_KEEP = "members_keep"
    PREMISES_READ = "premises_read"
    PREMISES_WRITE = "premises_write"
    PROTOCOL_APPROVE = "protocol_approve"
    PROTOCOL_READ = "protocol_read"
    RECORDS_JOIN = "records_join"
    MEMBERS_READ = "members_read"
    MEMBERS_RESET = "members_reset"
    RECORD_DESTROY = "record_destroy"
    RIGHTS_READ = "rights_read"
    SIGN_IN = "sign_in"
    SHIFT_KEEP = "shift_keep"
    SHIFT_READ = "shift_read"
    SHIFT_TAKE = "shift_take"
    SKILL_KEEP = "skill_keep"
    STAFF_ENTER = "staff_enter"
    TRAIL_READ = "trail_read"
    WHEREABOUTS_READ = "whereabouts_read"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a key that the audit trail may hold, the permissions held at each centre, and those held everywhere.

    >>> ann = Actor("member:1", {1: frozenset({Permission.TRAIL_READ})})
    >>> ann.may(Permission.TRAIL_READ, centre=1), ann.may(Permission.TRAIL_READ, centre=2)
    (True, False)
    """

    key: str
    rights: Mapping[int, frozenset[Permission]] = field(default_factory=dict)
    everywhere: frozenset[Permission] = frozenset()

    def may(self, permission: Permission, *, centre: int) -> bool:
        """Whether this permission is held at this centre."""
        return permission in self.everywhere or permission in self.rights.get(centre, frozenset())

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether this permission is held at any centre: what a page asks before it looks for a row."""
        return permission in self.everywhere.union(*self.rights.values())

    def belongs_to(self, centre: int) -> bool:
        """Whether anything may be done at this centre. If not, it does not exist for this actor."""
        return bool(self.everywhere or self.rights.get(centre))


@dataclass(frozen=True, slots=True)
class WholeInstallation:
    """What belongs to no centre: the object of an action on the installation itself. No centre has this number."""

    centre_id: int = 0


NOBODY = Actor("nobody")
# Whoever runs the command line on the server: sets up and verifies, reads no client's record.
OPERATOR = Actor(
    "operator",
    everywhere=frozenset(
        {
            Permission.CENTRE_LOAD,
            Permission.MEMBERS_KEEP,
            Permission.MEMBERS_READ,
            Permission.MEMBERS_RESET,
            Permission.TRAIL_READ,
        }
    ),
)
INSTALLATION = WholeInstallation()
