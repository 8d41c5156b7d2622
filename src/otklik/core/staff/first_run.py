"""The first administrator of a real installation.

The page that makes one needs a code which only the console of the server shows.  It works once; afterwards it is gone
for ever, in every process, whoever asks at the same moment.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import OneTimeLink, Organisation, Purpose, Role, User

LOCK = 0x07E71  # any number of our own: pg_advisory_xact_lock
_settled = False


def needs_setup() -> bool:
    """No administrator was ever made and this is not the demonstration.  A "no" is remembered by the process."""
    global _settled
    if not _settled:
        started = Organisation.objects.exclude(set_up_at=None, is_demo=False)
        _settled = started.exists() or User.objects.administrators().exists()
    return not _settled


def is_untouched() -> bool:
    """Nobody works here yet: any page leads to the wizard."""
    return needs_setup() and not User.objects.exists()


def forget_answer() -> None:
    """For tests, and after a database was put in place of another."""
    global _settled
    _settled = False


def setup_code() -> str | None:
    """A fresh code for `otklik up` and `otklik doctor` to print, valid for a day; None when no wizard is needed."""
    return OneTimeLink.objects.issue(Purpose.SETUP) if needs_setup() else None


@transaction.atomic
def first_administrator(code: str, *, login: str, email: str, name: str, password: str) -> User:
    """Make the administrator; raises NotAllowed when there is one already or the code is not good any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    forget_answer()
    link = OneTimeLink.objects.behind(code, Purpose.SETUP)
    if not needs_setup() or not link or not link.use():
        raise NotAllowed(_("This set-up was finished already, or its code has expired."))
    organisation = Organisation.objects.own_copy()
    organisation.set_up_at = clock.now()
    organisation.save(update_fields=["set_up_at"])
    habits = {"language": organisation.language, "time_zone": organisation.time_zone}
    return User.objects.create_user(login, email, password, name=name, role=Role.ADMIN, **habits)
