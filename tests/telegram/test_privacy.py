"""PRIVACY-1 in a chat: the export has what was said there, and after erasure nothing of it is left."""

import zipfile
from pathlib import Path

import pytest

from otklik.adapters.telegram.tests.conftest import Hear, only_ticket
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import OLGA, lets_in, says
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.privacy import working
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.tests.planting import MARK, tables_with
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["export", "erasure"])
def test_a_chat_is_exported_and_erased(
    hear: Hear, api: BotApi, admin: User, head: User, settings: object, tmp_path: Path, kind: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    who = {**OLGA, "first_name": MARK, "username": f"u_{MARK}"}
    api.files["f1"] = MARK.encode()
    hear(says("/start", who=who))
    hear(says(f"{MARK} пишет", who=who, document={"file_id": "f1", "file_name": f"{MARK}.txt"}))
    hear(lets_in("member"))
    ticket = only_ticket()
    ticket.reply(f"Готово, {MARK}", by=admin, then=Resolve("готово"))
    outbox.send_due()

    one = DataRequest(contact=ticket.contact, kind=kind, confirmed="call", asked_on=clock.today())
    one.ground = "withdrawn" if kind == "erasure" else ""
    one = one.ask(by=head)
    one.allow("second", by=admin)
    working.work(one.pk)
    one.refresh_from_db()
    assert one.state == "done", one.trouble

    if kind == "export":
        with zipfile.ZipFile(tmp_path / "media" / str(one.file.name)) as archive:
            told = archive.read("data/clients.Identity.json").decode()
            said = archive.read("data/conversations.Message.json").decode()
        assert f"u_{MARK}" in told and "telegram:4242" in told and f"{MARK} пишет" in said
        return
    assert tables_with(MARK, "telegram:4242") == {}
    assert not Outbound.objects.filter(first_recipient="telegram:4242").exists()
    assert not Inbound.objects.exclude(raw=b"").exists()
