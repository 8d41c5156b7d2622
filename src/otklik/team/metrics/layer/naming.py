"""What the keys of a side are called."""

from collections.abc import Callable, Iterable

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team, User
from otklik.desk.channels.glyphs import name_of
from otklik.desk.clients.models import Client, Product
from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.access import clients_known_to
from otklik.desk.tickets.models import Topic
from otklik.team.metrics.layer.metric import Metric

SIDES: dict[str, str | LazyText] = {
    "line": _("Line"),
    "agent": _("Person"),
    "channel": _("Channel"),
    "topic": _("Topic"),
    "class": _("Service class"),
    "product": _("Product"),
    "client": _("Organisation"),
}
OF_LEADERS = ("agent", "client")
"""People are compared by those who lead them only (METRICS P8), and organisations by them, too."""


def sides_of(user: User) -> dict[str, str | LazyText]:
    """From which sides this person may look."""
    leads = user.leads or user.sees_everything
    return {side: label for side, label in SIDES.items() if leads or side not in OF_LEADERS}


def sides_for(user: User, metric: Metric) -> dict[str, str | LazyText]:
    """Of these, those that the metric knows."""
    return {side: label for side, label in sides_of(user).items() if metric.knows(side)}


def may_narrow(user: User, side: str, key: str) -> bool:
    """Whether this person may ask for what one value of a side has; one's own figures are everybody's."""
    return side in sides_of(user) or (side == "agent" and key == str(user.pk))


def is_key(side: str, text: str) -> bool:
    """Whether it may name something on this side."""
    return len(text) < 13 and text.isalnum() if side == "channel" else text.isdecimal() and len(text) < 19


def names(side: str, keys: Iterable[str]) -> dict[str, str]:
    """The name of each key; one that is gone is called by its number."""
    wanted = set(keys)
    found = NAMES[side](wanted)
    return {key: found.get(key) or f"№ {key}" for key in wanted}


def names_for(reader: User, side: str, keys: Iterable[str]) -> dict[str, str]:
    """The same of keys that somebody named: a number that anybody can type tells its reader no name of an organisation
    that they do not know, nor of a colleague whom they do not lead.
    """
    told = names(side, keys)
    if side not in OF_LEADERS or reader.sees_everything:
        return told
    numbers = [int(key) for key in told if key.isdecimal()]
    if side == "client":
        known = set(clients_known_to(reader).filter(pk__in=numbers).values_list("pk", flat=True))
    else:
        led = Q(memberships__team__in=reader.team_ids) if reader.leads else Q(pk__in=[])
        known = set(User.objects.filter(led | Q(pk=reader.pk), pk__in=numbers).values_list("pk", flat=True))
    seen = {str(pk) for pk in known}
    return {key: name if key in seen else f"№ {key}" for key, name in told.items()}


def _rows(model: type[Team | User | Topic | ServiceClass | Product | Client]) -> Callable[[set[str]], dict[str, str]]:
    def named(keys: set[str]) -> dict[str, str]:
        rows = model._default_manager.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
        return {str(pk): name for pk, name in rows.values_list("pk", "name")}

    return named


def _kinds(keys: set[str]) -> dict[str, str]:
    return {key: name_of(key) for key in keys}


NAMES: dict[str, Callable[[set[str]], dict[str, str]]] = {
    "line": _rows(Team),
    "agent": _rows(User),
    "channel": _kinds,
    "topic": _rows(Topic),
    "class": _rows(ServiceClass),
    "product": _rows(Product),
    "client": _rows(Client),
}
