"""What a tile or a board can be narrowed to, as a list to choose from."""

from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.channels.glyphs import name_of
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Product
from otklik.desk.sla.models import ServiceClass
from otklik.desk.tickets.models import Topic
from otklik.team.boards.models import ME, Narrowed
from otklik.team.metrics.layer.naming import SIDES, names_for, sides_of

MOST = 300
"""Of each kind; who has more of something narrows by another side."""
OWN = f"agent:{ME}"

type Choices = list[tuple[str, str]]


def narrowings(user: User, chosen: Narrowed | None = None) -> list[tuple[str, str | Choices]]:
    """Groups by side, each value as "topic:12"; what is chosen already stays, whatever became of it."""
    groups = by_side(user)
    groups["agent"].insert(0, (ME, _("whoever looks")))
    _keep(user, groups, chosen)
    found: list[tuple[str, str | Choices]] = [("", _("everything"))]
    for side, some in groups.items():
        if some:
            found.append((str(SIDES[side]), [(f"{side}:{key}", name) for key, name in some]))
    return found


def by_side(user: User) -> dict[str, Choices]:
    """What there is on each side that is a list; one's own figures are everybody's."""
    return {
        "topic": [(str(topic.pk), said) for topic, said in topics()],
        "product": [(str(one.pk), one.name) for one in Product.objects.offered().order_by("name", "pk")[:MOST]],
        "class": [(str(one.pk), one.name) for one in ServiceClass.objects.all()[:MOST]],
        "channel": [(kind, name_of(kind)) for kind in Channel.objects.kinds()],
        "agent": _people(user),
    }


def topics() -> list[tuple[Topic, str]]:
    """Those in use, with the path to each."""
    tree = Topic.objects.tree()
    return [(topic, tree.said(topic.pk)) for _level, topic in tree.offered()][:MOST]


def _people(user: User) -> Choices:
    """Whom this person leads."""
    if "agent" not in sides_of(user):
        return []
    rows = User.objects.filter(is_active=True)
    if not user.sees_everything:
        rows = rows.filter(memberships__team__in=user.team_ids).distinct()
    return [(str(pk), name) for pk, name in rows.order_by("name", "pk").values_list("pk", "name")[:MOST]]


def _keep(user: User, groups: dict[str, Choices], chosen: Narrowed | None) -> None:
    if chosen is None or not chosen.side or chosen.key in dict(groups.get(chosen.side, [])):
        return
    groups.setdefault(chosen.side, []).append((chosen.key, names_for(user, chosen.side, [chosen.key])[chosen.key]))
