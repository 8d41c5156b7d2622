"""What rules can hear and ask of scores."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.events import SurveyAnswered
from otklik.care.surveys.models import Score
from otklik.desk.automation import facts
from otklik.desk.automation.asking import Number
from otklik.desk.automation.moments import Event
from otklik.desk.automation.reactions import listen_to
from otklik.desk.tickets.models import Ticket


def tell_rules() -> None:
    listen_to(Event("score", _("the client has given a score"), (SurveyAnswered,)))
    facts.add(Number("score", _("The client's last score"), _bounded, _shown))


def _bounded(bound: str, value: Any) -> Q:
    """Who gave none is neither above nor below."""
    last = Score.objects.filter(ticket=OuterRef("pk")).order_by("-id").values("value")[:1]
    compared = GreaterThanOrEqual if bound == "gte" else LessThanOrEqual
    return Q(compared(Subquery(last), value))


def _shown(ticket: Ticket) -> str:
    last = Score.objects.filter(ticket=ticket).order_by("-id").values_list("value", flat=True).first()
    return str(last) if last else _now("none")
