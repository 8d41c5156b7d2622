"""Export, erasure and terms of personal data."""

from otklik.core.audit.registry import hears, watch
from otklik.desk.privacy import events
from otklik.desk.privacy.models import Breach, Hold, Term

watch(Hold)
watch(Breach)
watch(Term, codes=("code",), passing=("through", "changed_at"))
hears(
    *(events.DataAsked, events.DataAllowed, events.DataRefused, events.DataDone, events.DataTaken),
    *(events.HoldChanged, events.TermChanged, events.TermRan, events.BreachChanged),
)
