"""What people are measured and paid by."""

from otklik.core.audit.registry import hears, watch
from otklik.team.indicators import events
from otklik.team.indicators.models import Scheme

watch(Scheme)
hears(
    *(events.IndicatorPlanned, events.IndicatorEnded, events.MonthClosed, events.MonthReopened),
    *(events.SchemeMade, events.SchemeEnded, events.StatementLowered, events.StatementApproved),
    *(events.StatementSeen, events.StatementDisputed, events.DisputeAnswered),
)
