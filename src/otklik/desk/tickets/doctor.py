"""Does anything hang?  Questions for `otklik doctor`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.utils.translation import gettext_noop as _

from otklik.core.journal import clock
from otklik.core.ui.phrase import Phrase
from otklik.desk.tickets.models import SelfCheck, Ticket

OLD = timedelta(hours=26)

type Level = Literal["good", "warning", "bad"]


@dataclass(frozen=True)
class Finding:
    """One answer."""

    level: Level
    subject: str
    words: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    now, last = clock.now(), SelfCheck.objects.latest_run()
    if last is None or last.is_older_than(OLD, now):
        if Ticket.objects.filter(opened_at__lt=now - OLD).exists():
            yield Finding(
                "warning",
                "tickets",
                Phrase(_("the nightly self-check has not run for more than a day")),
                Phrase(_("Start `otklik up` or `otklik worker`: it runs at 3:17 by itself.")),
            )
        return
    if last.found:
        numbers = ", ".join(str(number) for number, _fault in last.faults[:5])
        yield Finding(
            "bad",
            "tickets",
            Phrase(
                _("the self-check found %(count)s faults, among others in %(numbers)s"),
                count=last.found,
                numbers=numbers,
            ),
            Phrase(_("The page “Nothing hangs” says what is wrong with each.")),
        )
    else:
        words = _("%(tickets)s tickets checked, %(hanging)s hang")
        yield Finding("good", "tickets", Phrase(words, tickets=last.tickets, hanging=last.hanging))
