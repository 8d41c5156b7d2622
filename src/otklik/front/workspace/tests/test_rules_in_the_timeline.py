"""What a rule did stands in the story of the request, under its name."""

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.automation.models import Rule
from otklik.desk.automation.running import Cause, run
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_acts_of_a_rule_are_signed_by_it(client: Client, ticket: Ticket, anna: User, boris: User):
    acts = [
        {"act": "priority", "priority": "4"},
        {"act": "page", "whom": "leads", "text": "Горит"},
        {"act": "call", "endpoint": "5"},
    ]
    rule = Rule(name="Важные клиенты", what="opened", acts=acts)
    rule.begin()
    run(rule, ticket.pk, Cause("entry:1", "открыто обращение"))

    client.force_login(anna)
    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Сработало правило «Важные клиенты»: открыто обращение" in page
    assert "Правило «Важные клиенты»" in page and "позваны Борис Руднев: Горит" in page
    assert "не удалось: вызвать вебхук: ? 5. Этот вебхук выключен." in page
