"""At the desk a talk on a site is a chat like others, and one knows before writing whether anybody is there."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from otklik.adapters.sitechat import leaving
from otklik.adapters.sitechat.models import Line, Visitor
from otklik.adapters.sitechat.personal import _silent
from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.privacy import working
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.tests.planting import MARK, tables_with
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve


@pytest.mark.django_db
def test_the_page_of_a_chat(client: Client, window: Window, anna: User, door: Channel) -> None:
    client.force_login(anna)
    window.says("Не приходят <b>письма</b>")
    ticket = Ticket.objects.get()
    place = f"/tickets/{ticket.number}/"

    page = client.get(place).content.decode()
    assert "Ответ в чат" in page and "Клиент сейчас в чате" in page and 'name="cc_more"' not in page
    assert "<b>письма</b>" not in page and f"Посетитель № {window.visitor.pk}" in page
    for word in ("chat", "чат"):
        assert f"/tickets/{ticket.number}/" in client.get(f"/?q=channel:{word}").content.decode()
    window.leaves()
    assert "не оставил адреса" in client.get(place).content.decode()
    window.post("address", email="anna@home.example")
    window.leaves()
    assert "уйдёт письмом на anna@home.example" in client.get(place).content.decode()

    ticket.reply("Починили", by=anna, then=Resolve())
    sent()
    leaving.hand_over_all()
    page = client.get(place).content.decode()
    assert "отправлено письмом" in page
    window.sees()
    assert "прочитано" in client.get(place).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["export", "erasure"])
def test_a_chat_is_exported_and_erased(
    window: Window, admin: User, head: User, settings: Any, tmp_path: Path, kind: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    window.says(f"{MARK} пишет", email="typed@home.example")
    ticket = Ticket.objects.select_related("contact").get()
    ticket.reply(f"Готово, {MARK}", by=admin, then=Resolve("готово"))
    sent()
    address = window.visitor.address

    one = DataRequest(contact=ticket.contact, kind=kind, confirmed="call", asked_on=clock.today())
    one.ground = "withdrawn" if kind == "erasure" else ""
    one = one.ask(by=head)
    one.allow("second", by=admin)
    working.work(one.pk)
    one.refresh_from_db()
    assert one.state == "done", one.trouble

    if kind == "export":
        with zipfile.ZipFile(tmp_path / "media" / str(one.file.name)) as archive:
            told = archive.read("data/sitechat.Visitor.json").decode()
        assert "typed@home.example" in told and window.visitor.digest not in told
        return
    assert tables_with(MARK, address, "typed@home.example") == {}
    assert not Visitor.objects.exists() and not Line.objects.exists()
    assert not Outbound.objects.filter(first_recipient=address).exists()
    assert not Inbound.objects.exclude(raw=b"").exists()
    assert window.told()["lines"] == []


@pytest.mark.django_db
def test_visitors_without_a_word_are_forgotten_in_time(window: Window, another: Any) -> None:
    window.says()
    silent = another("b")
    silent.post("address", email="anna@home.example")

    found = _silent(None, clock.now() + timedelta(days=1))
    assert [one.pk for one in found] == [silent.visitor.pk]
    Inbound.objects.update(raw=b"")
    assert _silent(None, clock.now() + timedelta(days=1)).count() == 2
