"""Does what runs by itself run?  Questions for `otklik doctor`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop as _

from otklik.core.ui.phrase import Phrase
from otklik.desk.automation.models import Endpoint, Rule


@dataclass(frozen=True)
class Finding:
    """One answer."""

    level: Literal["good", "warning"]
    subject: str
    words: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Silent where there is neither a rule nor a webhook."""
    rules = Rule.objects.exclude(paused_at=None).values_list("name", flat=True)
    endpoints = Endpoint.objects.exclude(paused_at=None).values_list("name", flat=True)
    paused = [*rules[:5], *endpoints[:5]]
    if paused:
        yield Finding(
            "warning",
            "automation",
            Phrase(_("rules or webhooks have paused themselves: %(names)s"), names=", ".join(paused)),
            Phrase(_("Settings, Automation says why each of them did; mend it and switch it on again.")),
        )
    elif count := Rule.objects.in_force().count():
        yield Finding("good", "automation", Phrase(_("%(count)s rules stand in force"), count=count))
