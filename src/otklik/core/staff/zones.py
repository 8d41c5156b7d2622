"""Time zones a person can choose: Russia first and by its cities, then the rest of the world."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RUSSIA: dict[str, str | Promise] = {
    "Europe/Kaliningrad": gettext_lazy("Kaliningrad"),
    "Europe/Moscow": gettext_lazy("Moscow, Saint Petersburg"),
    "Europe/Samara": gettext_lazy("Samara"),
    "Asia/Yekaterinburg": gettext_lazy("Yekaterinburg"),
    "Asia/Omsk": gettext_lazy("Omsk"),
    "Asia/Novosibirsk": gettext_lazy("Novosibirsk"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk"),
    "Asia/Irkutsk": gettext_lazy("Irkutsk"),
    "Asia/Yakutsk": gettext_lazy("Yakutsk"),
    "Asia/Vladivostok": gettext_lazy("Vladivostok"),
    "Asia/Magadan": gettext_lazy("Magadan"),
    "Asia/Kamchatka": gettext_lazy("Kamchatka"),
}
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

type Choices = list[tuple[str, list[tuple[str, str]]]]


def zone_choices(own: str = "") -> Choices:
    """Groups for a <select>; the person's own zone is in it even when it is an odd one."""
    russia = [(zone, f"{name} (UTC{_offset(zone)})") for zone, name in RUSSIA.items()]
    world = [(zone, f"{zone.replace('_', ' ')} (UTC{_offset(zone)})") for zone in _world()]
    known = own in RUSSIA or own in _world()
    extra = [] if known or not own else [(own, own)]
    return [(_("Russia"), russia), (_("World"), [("UTC", "UTC"), *extra, *world])]


@lru_cache(maxsize=1)
def _world() -> tuple[str, ...]:
    zones = available_timezones()
    return tuple(sorted(zone for zone in zones if zone.split("/")[0] in REGIONS and zone not in RUSSIA))


@lru_cache(maxsize=1024)
def _offset(zone: str) -> str:
    said = datetime.now(ZoneInfo(zone)).strftime("%z")
    return f"{said[:3]}:{said[3:]}".replace("-", "\N{MINUS SIGN}").replace(":00", "")
