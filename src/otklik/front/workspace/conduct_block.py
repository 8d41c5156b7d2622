"""What is recorded of how a person treats ours: a block of their card, for colleagues alone."""

from django.http import HttpRequest

from otklik.desk.clients import conduct
from otklik.desk.clients.models import Contact

SHOWN = 5


def context(request: HttpRequest, contact: Contact) -> dict[str, object] | None:
    """None for most people, without a statement."""
    if contact.conduct_since is None:
        return None
    reports = contact.abuse_reports.select_related("by", "decided_by").order_by("-id")
    return {"reports": list(reports[:SHOWN]), "restriction": conduct.standing_for(contact)}
