"""When a person was last heard of on the telephone: no journal tells the end of a call."""

from datetime import datetime

from django.db.models import Max

from otklik.desk.calls.models import Call


def last_talk(person: int, since: datetime, until: datetime) -> datetime | None:
    """The end of the last call they had between these moments."""
    ended = Call.objects.of(person).filter(answered_at__isnull=False, ended_at__gt=since, ended_at__lte=until)
    found: datetime | None = ended.aggregate(last=Max("ended_at"))["last"]
    return found
