"""An act that gives way: who works with a request goes first, and the act begins anew.

Whoever writes in a request holds it, and then wants its person; whoever merges people holds them, and then wants their
requests.  Where the two meet one must let go, and that is never the one with the unsent words.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable

PATIENCE = "200ms"
"""Well below the second after which the database itself would choose whom it stops."""
ATTEMPTS = 25
"""Five seconds in all, as long as anybody waits for a row (`OTKLIK_LOCK_TIMEOUT`)."""


def yielding[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """Run in a transaction of its own that lets go of every row while it has to wait.

    Raises ValidationError when somebody else held one of the rows all the time.
    """

    @wraps(act)
    def patient(*arguments: P.args, **details: P.kwargs) -> R:
        for _attempt in range(ATTEMPTS):
            try:
                with transaction.atomic():
                    _wait_at_most(f"'{PATIENCE}'")
                    done = act(*arguments, **details)
                    _wait_at_most("DEFAULT")
                    return done
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
        raise ValidationError(_("Somebody is working with this client just now; try again in a moment."))

    return patient


def _wait_at_most(time: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout TO {time}")
