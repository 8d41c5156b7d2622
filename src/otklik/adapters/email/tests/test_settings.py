"""The mailbox on its page: what is typed there is what the mailbox does."""

from typing import Any

import pytest
from django.test import Client

from otklik.adapters.email.models import Folder, Mailbox
from otklik.adapters.email.sending import signing
from otklik.core.staff.models import Team, User

pytestmark = pytest.mark.django_db

NEW = "/settings/channels/new/email/"
FORM = {"address": "sales@desk.test", "name": "Продажи", "receiving": "imap", "sending": "viewer", "imap_password": "x"}


@pytest.fixture
def administrator(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def told(line_one: Team) -> dict[str, Any]:
    """What the form sends; "anyway" saves without trying servers that are not there."""
    return {**FORM, "team": line_one.pk, "anyway": "1"}


def test_folders_a_pace_and_what_becomes_of_messages(administrator: Client, told: dict[str, Any]) -> None:
    told |= {"folders": "INBOX\n Sales \n\nINBOX", "after_reading": "move", "move_to": "Done", "per_minute": "30"}

    assert administrator.post(NEW, told).status_code == 302

    box = Mailbox.objects.get()
    assert (box.imap_folders, box.after_reading, box.move_to) == (["INBOX", "Sales"], "move", "Done")
    assert (box.per_minute, box.per_hour) == (30, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"after_reading": "move"},
        {"after_reading": "move", "move_to": "INBOX"},
        {"folders": "\n".join(map(str, range(30)))},
        {"per_minute": "0"},
        {"dkim": "sign-own", "dkim_pem": "no key"},
        {"dkim": "sign-new", "dkim_selector": "a.b c"},
        {"receiving": "hook", "hook": "mailgun"},
        {"receiving": "hook", "hook": "other", "hook_proof": "x"},
        {"signature": "Ваш {{клиент}}"},
    ],
)
def test_what_cannot_work_is_not_saved(administrator: Client, told: dict[str, Any], wrong: dict[str, str]) -> None:
    assert administrator.post(NEW, {**told, **wrong}).status_code == 422 and not Mailbox.objects.exists()


def test_a_key_is_made_kept_replaced_and_forgotten_and_never_shown(administrator: Client, told: dict[str, Any]) -> None:
    administrator.post(NEW, {**told, "dkim": "sign-new", "dkim_selector": "s1"})
    box = Mailbox.objects.get()
    path = f"/settings/channels/{box.channel_id}/"
    page = administrator.get(path).content.decode()
    assert box.dkim_record and box.dkim_record.value in page and "s1._domainkey.desk.test" in page
    assert "PRIVATE" not in page and box.dkim_secret not in page

    administrator.post(path, {**told, "dkim": "sign-kept", "dkim_selector": "s1"})
    assert Mailbox.objects.get().dkim_key == box.dkim_key
    own = signing.new_key()
    administrator.post(path, {**told, "dkim": "sign-own", "dkim_pem": own})
    assert Mailbox.objects.get().dkim_key == own
    administrator.post(path, {**told, "dkim": "sign-not"})
    assert Mailbox.objects.get().dkim_secret == ""


def test_a_long_reading_is_shown_stopped_and_let_go_on(administrator: Client, told: dict[str, Any]) -> None:
    administrator.post(NEW, told)
    box = Mailbox.objects.get()
    Folder.objects.create(mailbox=box, name="INBOX", found=50_000, taken=1234)
    path = f"/settings/channels/{box.channel_id}/"
    for shown in (path, f"{path}progress/"):
        page = administrator.get(shown).content.decode()
        assert "1234" in page and 'name="stop"' in page

    administrator.post(f"{path}hold/", {"stop": "1"})
    assert Mailbox.objects.get().reading_stopped and 'name="go"' in administrator.get(path).content.decode()
    administrator.post(f"{path}hold/", {"go": "1"})
    assert not Mailbox.objects.get().reading_stopped


def test_only_administrators_stop_a_reading(told: dict[str, Any], administrator: Client, boris: User) -> None:
    administrator.post(NEW, told)
    client = Client()
    client.force_login(boris)

    for door in ("hold", "progress"):
        assert client.post(f"/settings/channels/{Mailbox.objects.get().channel_id}/{door}/").status_code == 404
