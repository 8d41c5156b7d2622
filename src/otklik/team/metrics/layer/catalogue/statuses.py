"""How long requests stand in each status."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import CALENDAR
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.observing import STATES


def _of(name: str, state: str, label: str | LazyText, says: str | LazyText, better: Better) -> Metric:
    return Metric(
        f"status.time.{name}",
        "V4",
        Group.SPEED,
        label,
        says,
        _("time in the status ÷ requests that were in it"),
        _("ended"),
        Unit.SPAN,
        How.AVERAGE,
        Measure.STATUS,
        better,
        CALENDAR,
        kinds=frozenset({STATES[state]}),
        pair=("reopen",),
    )


STATUSES = (
    _of("open", "open", _("Time in work"), _("How long a request was in work in all, nights included."), Better.DOWN),
    _of(
        "client",
        "pending_client",
        _("Time waiting for the client"),
        _("How long a request waited for what we had asked the client. In this time no solution is owed."),
        Better.NEITHER,
    ),
    _of(
        "agreed",
        "scheduled_by_client",
        _("Time until an agreed date"),
        _("How long a request lay aside until a date that the client agreed to."),
        Better.NEITHER,
    ),
    _of(
        "aside",
        "on_hold_internal",
        _("Time put aside by us"),
        _("How long a request lay aside because we put it there. For the client it was waiting like any other."),
        Better.DOWN,
    ),
    _of(
        "supplier",
        "pending_supplier",
        _("Time waiting for others"),
        _("How long a request waited for a third party. For the client it was waiting for us."),
        Better.DOWN,
    ),
)
