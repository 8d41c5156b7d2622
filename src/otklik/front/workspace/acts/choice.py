"""What next, as a form holds it: five outcomes with their own fields, turned into one step of the ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait

OUTCOMES = ("wait", "promise", "resolve", "refuse", "aside")
FIELDS = {name: f"{{next}}_{name}" for name in ("until", "what", "why", "whom", "agreed")}
DOERS = ("us", "third", "client")
"""Who does what a request that is put aside waits for (UI-90)."""


@dataclass
class Choice:
    """The chosen outcome and everything typed for it; moments stay text until they are asked for."""

    next: str = "promise"
    until: str = ""
    other: str = ""
    what: str = ""
    why: str = ""
    who: str = ""
    whom: str = ""
    agreed: bool = False
    summary: str = ""
    link: str = ""
    reason: str = ""
    explanation: str = ""
    alternatives: list[str] = field(default_factory=list)
    consulted: bool = True

    @classmethod
    def posted(cls, data: QueryDict) -> "Choice":
        """From a form: the fields of the other outcomes are ignored."""
        name = data.get("next", "")
        return cls(
            next=name if name in OUTCOMES else "",
            until=data.get(f"{name}_until", ""),
            other=data.get(f"{name}_other", ""),
            what=data.get(f"{name}_what", "").strip()[:300],
            why=data.get("promise_why", "").strip()[:300] if name == "promise" else "",
            who=who if name == "aside" and (who := data.get("aside_who", "")) in DOERS else "",
            whom=data.get("aside_whom", "").strip()[:120] if name == "aside" else "",
            agreed=data.get("aside_agreed") == "on",
            summary=data.get("summary", "").strip(),
            link=data.get("link", "").strip(),
            reason=data.get("reason", ""),
            explanation=data.get("explanation", ""),
            alternatives=[offer for offer in data.getlist("alternatives") if offer.strip()],
            consulted=data.get("consulted") == "on" if name == "refuse" else True,
        )

    @classmethod
    def kept(cls, form: Mapping[str, Any]) -> "Choice":
        """From a draft, or from a reply that was taken back."""
        known = {name: form[name] for name in cls.__dataclass_fields__ if name in form}
        return cls(**known)

    @classmethod
    def until_visit(cls, starts: datetime, what: str) -> "Choice":
        """The client waits for somebody to come: nothing else is promised by a letter in between."""
        return cls(
            next="aside", until="other", other=f"{timezone.localtime(starts):%Y-%m-%dT%H:%M}", what=what, agreed=True
        )

    def plain(self) -> dict[str, Any]:
        """For a draft: only what was filled in."""
        empty = vars(Choice())
        return {name: value for name, value in vars(self).items() if value != empty[name] and name != "next"}

    @property
    def is_own(self) -> bool:
        """A date that was written, and not one of those offered."""
        return self.until == "other"

    @property
    def moment(self) -> datetime | None:
        """The chosen date, a written one being the agent's own clock; None when there is none or it is unreadable."""
        text = self.other if self.until in ("other", "") else self.until
        try:
            moment = parse_datetime(text.strip()) if text.strip() else None
        except ValueError:
            return None
        if moment is None or not timezone.is_naive(moment):
            return moment
        return timezone.make_aware(moment)

    def step(self) -> Step:
        """Raises Invalid with the name of the form's field."""
        match self.next:
            case "wait":
                return Wait(self._until())
            case "promise":
                return PromiseDate(self._until(), self.what, self.why)
            case "aside":
                return PutAside(self._until(), self.what, self.agreed, self._whom())
            case "resolve":
                return Resolve(self.summary, self.link)
            case "refuse":
                return Refuse(self.reason, self.explanation, self.alternatives, self.consulted)
        raise Invalid(_("Choose what happens next."), "next")

    @property
    def doer(self) -> str:
        """Who is chosen; of what was kept without a word on it, as it follows from the rest."""
        return self.who or ("third" if self.whom else "us")

    def _whom(self) -> str:
        """The third party; "" where we do it, or the client.  Raises Invalid where the choice says too little."""
        if self.who == "third" and not self.whom:
            raise Invalid(_("Say whom we wait for: a supplier, another department."), "whom")
        if self.who == "client" and not self.agreed:
            raise Invalid(
                _("Agree on the date with the client first. Where you ask them now, choose “Wait for the client”."),
                "agreed",
            )
        return self.whom if self.doer == "third" else ""

    def field_of(self, name: str) -> str:
        """Where a field of a step stands in the form."""
        return FIELDS.get(name, name).format(next=self.next)

    def _until(self) -> datetime:
        if (moment := self.moment) is None:
            raise Invalid(_("Choose a date."), "until")
        return moment
