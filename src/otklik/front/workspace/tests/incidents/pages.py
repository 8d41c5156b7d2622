"""What a person types into the pages of incidents, and the hidden fields that go along."""

import re
from datetime import timedelta

from django.utils import timezone

from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Incident
from otklik.core.journal import clock
from otklik.core.staff.models import User


def told(**more: str) -> dict[str, str]:
    """A form of an update as a browser sends it; the moment is told in the time zone of the reader."""
    return {"what": "Авария у оператора", "state": "identified", "key": "k1", "next_at": at(40), **more}


def at(minutes: int) -> str:
    return f"{timezone.localtime(clock.now() + timedelta(minutes=minutes)):%Y-%m-%dT%H:%M}"


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def end(incident: Incident, by: User) -> None:
    incident.write(Words("Всё"), state="resolved", by=by, key=f"end-{incident.pk}", quiet=True)
    incident.close(by=by, learned="Узнали", post_mortem="Разбор", causes=["узел"])
