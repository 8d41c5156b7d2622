"""What became of an attempt is written in one statement, unless somebody knew more while it went on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.desk.channels import outbox, port, returns
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Letter
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db
PAVEL, BOSS = "pavel@volga.test", "boss@volga.test"


def write(door: Channel) -> Outbound:
    letter = Letter(to=[PAVEL], cc=[BOSS], subject="Звонок", text="Проверили")
    return outbox.post(letter, door, Outbound.Kind.REPLY, not_before=clock.now())


def test_a_letter_that_arrived_is_settled_by_one_statement(door: Channel) -> None:
    letter = write(door)
    with CaptureQueriesContext(connection) as asked:
        outbox.send_due()

    written = [one["sql"] for one in asked.captured_queries if "channels_outbound" in one["sql"]]
    assert [sql.split()[0] for sql in written] == ["UPDATE", "UPDATE", "UPDATE"], "taken, settled, and nothing more"
    letter.refresh_from_db()
    assert letter.state == "sent" and letter.fates == {}


def test_what_came_back_while_it_was_sent_is_not_forgotten(
    door: Channel, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(outbound: Outbound) -> port.Receipt:
        returns.came_back(outbound, [BOSS], "nobody here")
        return port.Receipt(port.Fate.SENT)

    letter = write(door)
    monkeypatch.setattr(paper, "send", send)
    outbox.send_due()

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert letter.fates[BOSS] == {"state": "failed", "said": "nobody here"} and letter.fates[PAVEL]["state"] == "sent"


def test_an_attempt_that_somebody_else_has_settled_changes_nothing(
    door: Channel, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(outbound: Outbound) -> port.Receipt:
        Outbound.objects.filter(pk=outbound.pk).update(state="uncertain")
        return port.Receipt(port.Fate.SENT)

    letter = write(door)
    monkeypatch.setattr(paper, "send", send)
    outbox.send_due()

    letter.refresh_from_db()
    assert letter.state == "uncertain" and letter.sent_at is None
