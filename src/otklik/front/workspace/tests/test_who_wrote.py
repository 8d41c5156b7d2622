"""What an agent sees of who wrote a letter, and of whose request it may be."""

from typing import Any

import pytest
from django.utils import translation

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from otklik.front.workspace.acts import addressees, state
from otklik.front.workspace.tests.conftest import Browser

pytestmark = pytest.mark.django_db

FORGED = {"authenticity": "failed", "authenticity_reason": "volga.test says no."}
PASSED_ON = {
    "sender": "boss@desk.test",
    "sender_name": "Начальник",
    "passed_on_from": "olga@kama.test",
    "passed_on_name": "Ольга <b>Кама</b>",
}


@pytest.fixture(autouse=True)
def english(anna: User) -> Any:
    anna.language = "en"
    anna.save()
    with translation.override("en"):
        yield


def page_of(browser: Browser, ticket: Ticket) -> str:
    return browser.get(f"/tickets/{ticket.number}/").content.decode()


def test_SENDER_3_a_sender_who_fails_is_warned_about_on_the_letter_the_request_the_card_and_in_the_list(
    annas: Browser, writes: Any
) -> None:
    ticket = writes("Дайте пароль", **FORGED)
    page = page_of(annas, ticket)

    assert "Sender not verified. volga.test says no." in page
    assert "identity is in doubt" in page and "somebody else who writes in this name" in page
    assert "the sender is in doubt" in annas.get("/").content.decode()


def test_SENDER_3_a_sender_without_proof_has_a_small_mark_with_its_reason(annas: Browser, writes: Any) -> None:
    page = page_of(annas, writes(authenticity="unknown", authenticity_reason='No "proof".'))

    assert "sender not verified" in page and "No &quot;proof&quot;." in page
    assert "identity is in doubt" not in page


def test_a_verified_sender_is_told_among_the_facts_of_the_letter(annas: Browser, writes: Any) -> None:
    page = page_of(annas, writes(authenticity="verified", authenticity_reason="Signed by volga.test (DKIM)."))

    assert "Signed by volga.test (DKIM)." in page and "not verified" not in page


def test_a_forged_letter_never_says_to_whom_a_reply_goes(
    anna: User, ticket: Ticket, writes: Any, tomorrow: Any
) -> None:
    """Nor does that of a stranger who knows an identifier: both are kept, neither is answered by default."""
    ours = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow)).external_id
    writes("Это я", references=[ours], cc=["thief@elsewhere.test"], **FORGED)
    writes("И я", references=[ours], sender="stranger@elsewhere.test", cc=["thief@elsewhere.test"])
    ticket.refresh_from_db()

    people = addressees.of(ticket, state.of(ticket, anna))

    assert (people.to, people.cc) == (["pavel@volga.test"], [])


def test_a_request_that_may_belong_to_another_shows_the_way(
    annas: Browser, anna: User, ticket: Ticket, writes: Any, line_two: Any
) -> None:
    near = writes(subject=f"Re: [#{ticket.number}]", sender="stranger@elsewhere.test")
    page = page_of(annas, near)
    assert f"May belong to № {ticket.number}." in page and f'href="/tickets/{ticket.number}/"' in page

    Ticket.objects.filter(pk=ticket.pk).update(team=line_two)

    assert "May belong to" not in page_of(annas, near), "what the reader may not see is not named"


def test_the_author_of_what_a_colleague_passed_on_becomes_the_client_and_back(
    annas: Browser, anna: User, writes: Any
) -> None:
    ticket = writes(**PASSED_ON)
    message = ticket.conversation.messages.get(direction="in")
    page = page_of(annas, ticket)
    assert "Written by Ольга &lt;b&gt;Кама&lt;/b&gt; &lt;olga@kama.test&gt;, passed on by Начальник." in page
    assert "Make the author the client" in page and "Outside participant" not in page

    act = f"/tickets/{ticket.number}/messages/{message.pk}/client/"
    answer = annas.post(act, headers={"HX-Request": "true"})

    ticket.refresh_from_db()
    assert ticket.contact.email == "olga@kama.test"
    assert answer["HX-Redirect"].startswith(f"/tickets/{ticket.number}/"), "whom we write to is read anew, too"
    page = page_of(annas, ticket)
    assert "Undo" in page and "the client is Ольга" in page and "Outside participant" not in page
    assert addressees.of(ticket, state.of(ticket, anna)).to == ["olga@kama.test"]
    assert annas.post(act, headers={"HX-Request": "true"}).status_code == 409

    assert annas.post(f"{act}back/").status_code == 302

    assert Ticket.objects.get(pk=ticket.pk).contact == Contact.objects.get(identities__value="boss@desk.test")


def test_who_may_not_answer_may_not_change_the_client(
    annas: Browser, anna: User, ticket: Ticket, writes: Any, line_two: Any
) -> None:
    passed_on = writes(**PASSED_ON)
    message = passed_on.conversation.messages.get(direction="in")
    Ticket.objects.filter(pk=passed_on.pk).update(team=line_two)
    act = f"messages/{message.pk}/client/"

    assert annas.post(f"/tickets/{passed_on.number}/{act}").status_code == 404
    assert annas.post(f"/tickets/{ticket.number}/{act}").status_code == 404, "a letter of another request"
