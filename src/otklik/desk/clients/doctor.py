"""Does the weather come?  A question for `otklik doctor`; silent where none is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext_noop as _

from otklik.core.ui.phrase import Phrase
from otklik.desk.clients.models import PlaceWeather


@dataclass(frozen=True)
class Finding:
    """One answer."""

    level: Literal["good", "warning"]
    subject: str
    words: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    if not settings.WEATHER_URL:
        return
    last = PlaceWeather.objects.exclude(tried_at=None).order_by("-tried_at").first()
    if last is None:
        return
    if last.trouble:
        yield Finding(
            "warning",
            "weather",
            Phrase(_("the provider of the weather does not answer: %(trouble)s"), trouble=last.trouble),
            Phrase(_("Pages go on without it. Look at OTKLIK_WEATHER_URL and at what the network lets out.")),
        )
    else:
        yield Finding("good", "weather", Phrase(_("the weather comes")))
