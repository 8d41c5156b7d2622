"""The request form of the demo company: the first line answers."""

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM


def load() -> None:
    team = Team.objects.get(level=1)
    Channel.objects.create(kind=FORM, name="Форма на сайте", address=f"/write/{team.pk}", team=team)
