"""What a change is planned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.policies import FARTHEST
from otklik.desk.tickets.wording import line_of, must_be_short, storable

LENGTHS = {"what": 300, "why": 2000, "way_back": 2000}
RISKS = ("low", "medium", "high")


@dataclass(frozen=True)
class ChangePlan:
    """What, why, how risky, how to get back, in which window; `steps` become tasks of the request."""

    what: str
    why: str
    risk: str = "low"
    way_back: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    steps: Sequence[str] = ()

    def values(self) -> dict[str, object]:
        """As they are stored."""
        words = {"what": line_of(self.what), "why": storable(self.why), "way_back": storable(self.way_back)}
        return {**words, "risk": self.risk, "starts_at": self.starts_at, "ends_at": self.ends_at}


def check(plan: ChangePlan, now: datetime) -> None:
    """Raises Invalid with the field to mend."""
    words = plan.values()
    if not words["what"]:
        raise Invalid(_("Say what changes."), "what")
    if not words["why"]:
        raise Invalid(_("Say why it is needed."), "why")
    for name, most in LENGTHS.items():
        must_be_short(str(words[name]), most, name)
    if plan.risk not in RISKS:
        raise Invalid(_("Choose how risky it is."), "risk")
    if plan.risk == "high" and not words["way_back"]:
        raise Invalid(_("With a high risk say how to get back."), "way_back")
    for moment, field in ((plan.starts_at, "starts"), (plan.ends_at, "ends")):
        if moment and abs(moment - now) > FARTHEST:
            raise Invalid(_("Choose a time within a year."), field)
    if plan.ends_at and plan.starts_at and plan.ends_at <= plan.starts_at:
        raise Invalid(_("It would end before it begins."), "ends")
    if plan.ends_at and plan.ends_at <= now:
        raise Invalid(_("Choose a time in the future."), "ends")
