"""What rules saw, what macros changed, what was told to other programs."""

from django.db.models import Case, F, Value, When

from otklik.core.datamap import Place, declare, free
from otklik.desk.automation.models import Application, Delivery, Endpoint, Firing, Macro, Panel, Rule

GIVEN_UP = Case(When(state=Delivery.State.WAITING, then=Value(Delivery.State.DEAD)), default=F("state"))
"""A call without its body is not tried any more."""

declare(
    Place(Firing, {"ticket": "ticket"}, words=("why", "facts", "done"), replaced={"facts": {}, "done": []}),
    Place(Application, {"ticket": "ticket"}, words=("changed",)),
    Place(
        Delivery,
        {"ticket": "ticket"},
        words=("body", "tries"),
        replaced={"body": "", "next_at": None, "state": GIVEN_UP},
    ),
)
free(Firing, "cause", because="a key of ours")
free(Delivery, "event", "key", because="a code, and a key of ours")
free(Rule, "name", "what", "days", "conditions", "acts", "paused_why", because="settings of ours")
free(Macro, "name", "about", "text", "acts", because="settings of ours")
free(Endpoint, "name", "url", "events", "secret", "old_secret", because="settings of ours")
free(Panel, "name", "url", "tells", "roles", "lines", "secret", "old_secret", because="settings of ours")
free(Panel, "trouble_at", "trouble_detail", because="words of ours, never what came")
