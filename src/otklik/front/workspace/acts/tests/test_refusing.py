"""Refusals in the composer: what a lead sees first is kept, said on the page, and comes back."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Habits, RefusalRequest, Ticket
from otklik.desk.tickets.steps import Wait
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


@pytest.fixture
def returned(client: Client, ticket: Ticket, anna: User, ilya: User) -> Ticket:
    """A refusal without a greeting, overtaken by a colleague's answer while its author has an empty composer open."""
    client.force_login(anna)
    client.post(f"/tickets/{ticket.pk}/reply/", {**FORM, "text": "", "key": "k"}, headers=HTMX)
    Ticket.objects.get(pk=ticket.pk).reply("Смотрим", by=ilya, then=Wait(clock.now() + timedelta(days=2)))
    assert mine(anna).form["explanation"] == FORM["explanation"] and not mine(anna).text
    return Ticket.objects.get(pk=ticket.pk)


def mine(author: User) -> Draft:
    return Draft.objects.get(author=author, mode="reply")


def test_a_window_that_has_not_seen_it_overwrites_no_refusal(client: Client, returned: Ticket, anna: User) -> None:
    address = f"/tickets/{returned.pk}/draft/"
    for text in ("", "Павел, пришлите"):
        answer = client.post(address, {"mode": "reply", "text": text, "next": "wait", "base": "", "key": "k2"})
        told = answer.json()
        assert (answer.status_code, told["within"], told["more"]) == (409, False, True)
        assert mine(anna).form["explanation"] == FORM["explanation"]

    both = {"mode": "reply", "text": "Павел, пришлите", "next": "wait", "base": told["at"], "both": "1"}
    assert client.post(address, both).status_code == 200
    assert (mine(anna).text, mine(anna).form["next"], mine(anna).form["reason"]) == (
        "Павел, пришлите",
        "refuse",
        "rules",
    )


def test_a_text_that_goes_on_from_the_other_has_nothing_to_choose(client: Client, ticket: Ticket, anna: User) -> None:
    client.force_login(anna)
    address = f"/tickets/{ticket.pk}/draft/"
    client.post(address, {"mode": "reply", "text": "Здравствуйте", "base": "", "key": "k1"})
    told = client.post(address, {"mode": "reply", "text": "Здравствуйте, Павел", "base": "", "key": "k2"})
    assert (told.status_code, told.json()["within"]) == (409, True)


@pytest.mark.parametrize("act", ["", "note", "discard"])
def test_what_its_author_has_not_seen_outlives_what_is_done_with_the_composer(
    client: Client, returned: Ticket, anna: User, act: str
) -> None:
    form = {"text": "Павел, пришлите", "next": "wait", "wait_until": in_days(1), "sure": "1", "base": "", "key": "k2"}
    form["seen"] = str(returned.last_message_id)

    answer = client.post(f"/tickets/{returned.pk}/reply/", {**form, "act": act}, headers=HTMX)

    assert answer.status_code == 200
    assert mine(anna).form["explanation"] == FORM["explanation"]


@pytest.mark.parametrize("of_window", ["base", "key"])
def test_what_the_window_has_kept_itself_is_gone_when_it_is_sent(
    client: Client, ticket: Ticket, anna: User, of_window: str
) -> None:
    """Also when the answer to its last save was still on its way."""
    client.force_login(anna)
    kept = {"mode": "reply", "text": "Павел, пришлите", "base": "", "key": "k2" if of_window == "key" else "k1"}
    at = client.post(f"/tickets/{ticket.pk}/draft/", kept).json()["at"]
    form = {"text": "Павел, пришлите", "next": "wait", "wait_until": in_days(1), "sure": "1", "key": "k2"}

    client.post(f"/tickets/{ticket.pk}/reply/", {**form, "base": at if of_window == "base" else ""}, headers=HTMX)

    assert Message.objects.filter(direction="out", text__startswith="Павел, пришлите").exists()
    assert not Draft.objects.exists()


def test_a_letter_with_a_mistake_has_not_seen_it_either(client: Client, returned: Ticket, anna: User) -> None:
    form = {"text": "Павел", "next": "wait", "wait_until": "", "base": "", "key": "k2"}
    page = client.post(f"/tickets/{returned.pk}/reply/", form, headers=HTMX)
    assert page.status_code == 422 and 'name="base" value=""' in page.content.decode()


def test_undo_puts_what_was_written_since_below_it(client: Client, returned: Ticket, anna: User) -> None:
    Draft.objects.filter(author=anna).update(text="Здравствуйте!")
    seen = str(returned.last_message_id)
    form = {"text": "Павел, пришлите", "next": "wait", "wait_until": in_days(1), "sure": "1", "base": "", "key": "k2"}
    client.post(f"/tickets/{returned.pk}/reply/", {**form, "seen": seen}, headers=HTMX)
    sent = Message.objects.get(author=anna, text__startswith="Павел, пришлите")
    begun = {"text": "И ещё", "next": "wait", "base": "", "key": "k3"}

    assert client.post(f"/tickets/{returned.pk}/undo/{sent.pk}/", begun, headers=HTMX).status_code == 200

    assert mine(anna).text == "Павел, пришлите\n\nЗдравствуйте!\n\nИ ещё"
    assert mine(anna).form["explanation"] == FORM["explanation"]


def test_an_open_window_hears_that_its_draft_is_another_one(client: Client, returned: Ticket, anna: User) -> None:
    address, at = f"/tickets/{returned.pk}/newer/", mine(anna).saved_at.isoformat()
    assert client.get(address, {"base": ""}).json()["draft"]
    assert not client.get(address, {"base": at}).json()["draft"] and not client.get(address).json()["draft"]


def in_days(days: int) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()
