"""The words for roles on a sign-in page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from poukama.staff.rules import Role

ROLES: Mapping[Role, Promise | str] = {
    Role.MIDWIFE_COORDINATOR: _("midwife-coordinator"),
    Role.MIDWIFE: _("midwife"),
    Role.DOCTOR: _("doctor"),
    Role.PSYCHOLOGIST: _("psychologist"),
    Role.SOCIAL_WORKER: _("social worker"),
    Role.CHAPLAIN: _("hospital chaplain"),
    Role.SAMPLE_KEEPER: _("keeper of samples"),
    Role.MANAGER: _("manager"),
    Role.NATIONAL_STATISTICIAN: _("national statistician"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.PRIVACY_OFFICER: _("privacy officer"),
}
