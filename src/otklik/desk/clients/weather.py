"""The weather where a client lives, by Open-Meteo's JSON or a server that speaks it; off unless an address is set.

A page reads what is kept and asks nobody; the job asks for places that were looked at lately, each once an hour.  A
provider that is silent leaves the page without weather and is seen in `otklik doctor`.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.core.egress import Refused, fetch
from otklik.core.journal import clock
from otklik.desk.clients.models import PlaceWeather, Situation
from otklik.desk.clients.opening.cities import CITIES

FRESH = timedelta(hours=1)
SHOWN = timedelta(hours=3)
"""Older weather is not shown."""
WANTED = timedelta(days=1)
MOST_BYTES = 20_000
SECONDS = 5.0
FROST, HEAT = -15.0, 28.0
KINDS: dict[Situation, tuple[str | Promise, frozenset[int]]] = {
    Situation.STORM: (_("thunderstorm"), frozenset({95, 96, 99})),
    Situation.SNOW: (_("snow"), frozenset({71, 73, 75, 77, 85, 86})),
    Situation.RAIN: (_("rain"), frozenset({51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 80, 81, 82})),
    Situation.CLEAR: (_("clear sky"), frozenset({0, 1})),
}
"""Codes of the World Meteorological Organization, table 4677, as Open-Meteo documents them."""


@dataclass(frozen=True)
class Weather:
    degrees: float
    kind: Situation | None

    @property
    def temperature(self) -> str:
        whole = round(self.degrees)
        return f"{'+' if whole > 0 else '\N{MINUS SIGN}' if whole < 0 else ''}{abs(whole)}°"

    @property
    def said(self) -> str | Promise:
        return KINDS[self.kind][0] if self.kind in KINDS else ""

    @property
    def situations(self) -> list[Situation]:
        """What to talk of: what falls from the sky before the degrees, both before a clear one."""
        extreme = [Situation.FROST] if self.degrees <= FROST else [Situation.HEAT] if self.degrees >= HEAT else []
        falls = [self.kind] if self.kind and self.kind is not Situation.CLEAR else []
        clear = [self.kind] if self.kind is Situation.CLEAR and not extreme else []
        return [*falls, *extreme, *clear]


def weather_of(time_zone: str) -> Weather | None:
    """What is known of a place now; asking makes the job look after it."""
    if not settings.WEATHER_URL or time_zone not in CITIES:
        return None
    now = clock.now()
    place, _new = PlaceWeather.objects.get_or_create(time_zone=time_zone, defaults={"wanted_at": now})
    if now - place.wanted_at > FRESH:
        PlaceWeather.objects.filter(pk=place.pk).update(wanted_at=now)
    if place.at is None or place.degrees is None or now - place.at > SHOWN:
        return None
    kind = next((name for name, (_said, codes) in KINDS.items() if place.code in codes), None)
    return Weather(place.degrees, kind)


def ask_due() -> int:
    """Ask for every place that is wanted and not fresh; how many answered."""
    if not settings.WEATHER_URL:
        return 0
    now = clock.now()
    wanted = PlaceWeather.objects.filter(wanted_at__gt=now - WANTED)
    return sum(_ask(place) for place in wanted if place.tried_at is None or now - place.tried_at >= FRESH)


def _ask(place: PlaceWeather) -> bool:
    place.tried_at, place.trouble = clock.now(), ""
    try:
        place.degrees, place.code = _read(place.time_zone)
        place.at = place.tried_at
    except (Refused, ValueError, KeyError, TypeError) as trouble:
        place.trouble = f"{type(trouble).__name__}: {trouble}"[:200]
    place.save()
    return not place.trouble


def _read(time_zone: str) -> tuple[float, int]:
    latitude, longitude = CITIES[time_zone]
    asked = urlencode({"latitude": latitude, "longitude": longitude, "current": "temperature_2m,weather_code"})
    answer = fetch(f"{settings.WEATHER_URL.rstrip('/')}/v1/forecast?{asked}", seconds=SECONDS, most=MOST_BYTES)
    if answer.status != 200:
        raise ValueError(f"status {answer.status}")
    current = json.loads(answer.content)["current"]
    degrees, code = float(current["temperature_2m"]), int(current["weather_code"])
    if not -100 < degrees < 70:
        raise ValueError("no degrees of this planet")
    return degrees, code
