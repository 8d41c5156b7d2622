"""The audit trail: could the product change it, and is it being sealed?"""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from otklik.config.doctor import GOOD, WARNING, Finding
from otklik.core.ui.phrase import Phrase


def examine() -> Iterator[Finding]:
    from django.db import connection

    from otklik.config.database.roles import power_over_audit
    from otklik.core.audit.chain import head, waiting

    if power := power_over_audit(connection):
        yield Finding(
            WARNING,
            "audit",
            Phrase(_("The role of the product could change the audit trail: %(power)s"), power=power),
            Phrase(_("Let it work as another role than the owner of the tables (docs/operations.md).")),
        )
    if late := waiting():
        yield Finding(
            WARNING,
            "audit",
            Phrase(_("%(count)s lines of the audit trail wait for their seal longer than an hour"), count=late),
            Phrase(_("Is a worker running? Run: otklik audit head")),
        )
    now = head()
    yield Finding(
        GOOD, "audit", Phrase(_("Audit trail: %(count)s links, head %(head)s"), count=now.number, head=now.mac[:16])
    )
