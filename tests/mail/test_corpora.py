"""All the open mail we have goes through import and through LMTP: nothing crashes, nothing is lost."""

import json
import os
import re
import smtplib
from collections import Counter
from pathlib import Path

import pytest

from otklik.adapters.email.importer import import_path
from otklik.adapters.email.models import Delivery, Mailbox
from otklik.adapters.email.parse import identity
from otklik.adapters.email.tests.conftest import Running
from otklik.core.staff.models import Team
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.conversations.models import Message
from tests.fixtures.server import ROOT

SHARED = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared")
MAIL = SHARED / "data" / "mail"
SUPPORT = "support@desk.test"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not MAIL.is_dir(), reason=f"the mail corpora are not here: {MAIL} (set OTKLIK_SHARED)"),
]


@pytest.fixture
def support(line_one: Team) -> Channel:
    channel = Channel.objects.create(kind="email", address=SUPPORT, team=line_one)
    Mailbox.objects.create(channel=channel, delivery=Delivery.VIEWER)
    return channel


def records() -> list[dict[str, str]]:
    return [json.loads(line) for line in (MAIL / "index.jsonl").read_text().splitlines()]


def every_row_ended() -> Counter[str]:
    """What became of each stored message; each one read has exactly one message of a ticket."""
    rows = Inbound.objects.values_list("pk", "state")
    read = {pk for pk, state in rows if state == Inbound.State.READ}
    messages = Counter(Message.objects.filter(inbound__isnull=False).values_list("inbound_id", flat=True))
    assert set(messages) == read and set(messages.values()) <= {1}
    assert not Message.objects.filter(conversation__ticket=None).exists()
    return Counter(state for _pk, state in rows)


def test_every_mail_of_the_corpora_is_accounted_for_by_import(support: Channel) -> None:
    report = import_path(MAIL)

    told = report.as_dict()
    assert told["read"] == sum(
        told[name] for name in ("tickets_created", "messages_appended", "duplicates", "quarantined")
    )
    assert told["read"] >= len(records()) == 820 and told["waiting"] == 0 and told["unreadable"] == []
    states = every_row_ended()
    assert states[Inbound.State.QUARANTINED] == told["quarantined"] == len(told["quarantine"])
    assert states[Inbound.State.READ] == told["tickets_created"] + told["messages_appended"]
    assert told["automatic_kinds"]["bounce"] > 400
    assert not Outbound.objects.exists(), "old mail is answered by nobody"

    again = import_path(MAIL).as_dict()
    assert again["duplicates"] == again["read"] == told["read"]


def test_every_mail_of_the_corpora_goes_through_lmtp(support: Channel) -> None:
    sent, refused = set[tuple[str, str]](), list[str]()
    with Running() as receiver, receiver.lmtp() as lmtp:
        for record in records():
            raw = re.sub(rb"\r\n|\n|\r", b"\r\n", (MAIL / record["file"]).read_bytes())
            try:
                lmtp.sendmail("someone@elsewhere.test", [SUPPORT], raw)
            except smtplib.SMTPException as error:
                refused.append(f"{record['file']}: {error}")
            sent.add(identity(raw))
    assert refused == []
    assert len(sent) == Inbound.objects.count()

    inbox.work_all()
    while Inbound.objects.waiting().exists():
        Inbound.objects.waiting().update(not_before=None)
        inbox.work_all()

    states = every_row_ended()
    assert set(states) <= {Inbound.State.READ, Inbound.State.QUARANTINED}
    assert states[Inbound.State.QUARANTINED] <= 5
