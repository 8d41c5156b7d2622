"""A rule hears a score and asks how high it is."""

from typing import Any

import pytest

from otklik.care.surveys.events import SurveyAnswered
from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.automation import hearing
from otklik.desk.automation.models import Rule
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("value", "tags"), [(2, ["недоволен"]), (5, [])])
def test_a_low_score_is_heard(writes: Write, anna: User, value: int, tags: list[str]):
    conditions: list[dict[str, Any]] = [{"fact": "score", "how": "most", "value": 3}]
    Rule(name="Низкая оценка", what="score", conditions=conditions, acts=[{"act": "tag", "tags": "недоволен"}]).begin()
    ticket = writes()
    ticket.reply("Готово", by=anna, then=Resolve())
    invitation = Invitation.objects.get(ticket=ticket)
    with clock.at(invitation.send_at):
        invitation.send()
        invitation.refresh_from_db()
        invitation.answer(value, "")
    score = Score.objects.get(ticket=ticket)
    entry = Entry.objects.filter(kind="surveys.SurveyAnswered").latest("id")

    ran = hearing.hear(SurveyAnswered(ticket_id=ticket.pk, score_id=score.pk, value=value), entry.pk)

    assert ran == len(tags) and Ticket.objects.get(pk=ticket.pk).tags == tags
