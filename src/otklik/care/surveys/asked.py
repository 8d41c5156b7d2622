"""What rules can hear and ask of scores."""

from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.events import SurveyAnswered
from otklik.care.surveys.models import Answer, Score
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
    faces, others = _faces(OuterRef("pk")), _others(OuterRef("pk"))
    at, other_at = (Subquery(rows.values("at")[:1]) for rows in (faces, others))
    mark, other = (Subquery(rows.values("value")[:1]) for rows in (faces, others))
    last = Coalesce(Case(When(GreaterThan(other_at, at), then=other), default=mark), other)
    return Q(GreaterThanOrEqual(last, value) if bound == "gte" else LessThanOrEqual(last, value))


def _shown(ticket: Ticket) -> str:
    found = [rows.values_list("at", "value").first() for rows in (_faces(ticket.pk), _others(ticket.pk))]
    last = max((one for one in found if one), default=None)
    return str(last[1]) if last else _now("none")


def _faces(ticket: Any) -> QuerySet[Score]:
    return Score.objects.filter(ticket=ticket).order_by("-at", "-pk")


def _others(ticket: Any) -> QuerySet[Answer]:
    """On another scale, on the phone, or behind another question."""
    return Answer.objects.of_solutions().filter(invitation__ticket=ticket).order_by("-at", "-pk")
