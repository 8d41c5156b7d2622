"""Refusals in the composer: what a lead sees first is kept, said on the page, and comes back."""

import pytest
from django.test import Client

from otklik.core import recent
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Habits, RefusalRequest, Ticket
from otklik.front.workspace.alarms import alarms_of
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
FORM = {
    "text": "Здравствуйте, Павел!",
    "next": "refuse",
    "reason": "rules",
    "explanation": "скидки даёт только договор",
    "alternatives": ["пересчитаем тариф", ""],
    "consulted": "on",
    "sure": "1",
}


@pytest.fixture(autouse=True)
def _a_lead_approves(line_one: Team, boris: User) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    recent.forget()


def test_a_refusal_for_a_lead_is_kept_and_said(client: Client, ticket: Ticket, anna: User, paper: Paper) -> None:
    client.force_login(anna)
    letters = len(paper.letters)
    assert "(согласует старший)" in client.get(f"/tickets/{ticket.pk}/").content.decode()

    answer = client.post(f"/tickets/{ticket.pk}/reply/", {**FORM, "key": "k"}, headers=HTMX)

    assert answer.status_code == 200 and "composer:sent" in answer["HX-Trigger"]
    asked = RefusalRequest.objects.get()
    assert (asked.text, asked.consulted, asked.to) == ("Здравствуйте, Павел!", True, ["pavel@volga.test"])
    assert len(paper.letters) == letters
    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Отказ написан (Анна Белова)" in page and "Отозвать" in page and "Решить</a>" not in page
    assert "просит согласовать отказ" in page and "Старший решает по отказу" in page


def test_the_lead_finds_the_way_to_decide(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    client.force_login(anna)
    client.post(f"/tickets/{ticket.pk}/reply/", FORM)
    asked = RefusalRequest.objects.get()
    entry = Entry.objects.get(kind="tickets.RefusalAsked")
    assert [one.said for one in alarms_of([entry.pk], boris)] == ["Анна Белова просит согласовать отказ"]
    assert alarms_of([entry.pk], anna) == []
    client.force_login(boris)
    assert f"/board/refusals/#refusal-{asked.pk}" in client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "просит согласовать" in client.get("/notices/").content.decode()
    ticket.return_refusal(asked.pk, by=boris, words="Предложите рассрочку")
    assert alarms_of([entry.pk], boris) == [], "what is decided is no alarm"


def test_withdrawn_it_is_a_draft_again(client: Client, ticket: Ticket, anna: User) -> None:
    client.force_login(anna)
    client.post(f"/tickets/{ticket.pk}/reply/", FORM)
    assert "Здравствуйте, Павел!</textarea>" not in client.get(f"/tickets/{ticket.pk}/").content.decode()

    assert client.post(f"/tickets/{ticket.pk}/refusal/withdraw/", headers=HTMX).status_code == 204

    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Здравствуйте, Павел!</textarea>" in page and "скидки даёт только договор</textarea>" in page
    assert client.post(f"/tickets/{ticket.pk}/refusal/withdraw/", headers=HTMX).status_code == 409


def test_a_file_waits_with_the_letter_and_leaves_with_it(
    client: Client, ticket: Ticket, anna: User, boris: User, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from otklik.desk.conversations.models import Attachment

    client.force_login(anna)
    file = SimpleUploadedFile("price.txt", b"1000", "text/plain")
    key = client.post(f"/tickets/{ticket.pk}/files/", {"file": file}).json()["id"]
    client.post(f"/tickets/{ticket.pk}/reply/", {**FORM, "files": [key]})
    Attachment.objects.update(created_at="2020-01-01T00:00:00Z")
    assert Attachment.objects.forget_abandoned() == 0

    ticket.approve_refusal(RefusalRequest.objects.get().pk, by=boris)

    assert [file.name for file in paper.letters[-1].files] == ["price.txt"]
    assert not ticket.conversation.drafts.exists()


def test_what_was_said_of_talking_it_over_stays_said(client: Client, ticket: Ticket, anna: User) -> None:
    client.force_login(anna)
    form = {name: value for name, value in FORM.items() if name != "consulted"}
    client.post(f"/tickets/{ticket.pk}/draft/", {**form, "mode": "reply"})
    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert 'name="consulted">' in page
    client.post(f"/tickets/{ticket.pk}/draft/", {**FORM, "mode": "reply"})
    assert 'name="consulted" checked>' in client.get(f"/tickets/{ticket.pk}/").content.decode()
