"""The cards behind a figure of cards: those that are not complete, as far as the reader knows their clients."""

from typing import Any

from otklik.core.staff.models import User
from otklik.team.metrics.layer import carded
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.question import Question


def told(asked: Question, reader: User) -> dict[str, Any]:
    """What the page of cards shows; `now` is the figure of the last night."""
    found = carded.behind(asked.metric, reader)
    return {"rows": [_row(one) for one in found], "now": layer.figure(asked), "is_cut": len(found) == carded.MOST}


def _row(card: carded.Card) -> dict[str, Any]:
    contact = card.contact
    return {
        "name": str(contact.called),
        "organisation": contact.client.name if contact.client else "",
        "address": f"/clients/contact/{contact.pk}/",
        "empty": [one.label for one in card.empty],
        "unsure": [one.label for one in card.unsure],
    }
