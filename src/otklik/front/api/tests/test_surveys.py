"""Another program sets a survey off."""

import pytest

from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(db: None) -> Survey:
    made = Survey.objects.create(name="После доставки", occasion="event")
    made.draft().questions.create(kind="ces7")
    made.begin()
    return made


def test_an_event_asks_one_person_once(ask: Ask, survey: Survey, answered: Ticket, pavel: Contact, anna: User) -> None:
    path = f"surveys/{survey.pk}/invitations"
    first, again = (ask("post", path, anna, {"email": "Pavel@volga.test"}, key="d-1") for _ in range(2))
    other = ask("post", path, anna, {"contact_id": pavel.pk})

    assert first.status_code == other.status_code == 201 and first.content == again.content
    assert first.json()["id"] == other.json()["id"] and first.json()["why_not"] == ""
    assert Invitation.objects.send_due() == 1
    assert Outbound.objects.get(kind="survey").first_recipient == "pavel@volga.test"


def test_what_cannot_be_asked_says_why(ask: Ask, survey: Survey, ticket: Ticket, pavel: Contact, anna: User) -> None:
    path = f"surveys/{survey.pk}/invitations"
    for body in ({}, {"contact_id": pavel.pk, "email": "pavel@volga.test"}):
        assert ask("post", path, anna, body).status_code == 422
    assert ask("post", "surveys/999999/invitations", anna, {"contact_id": pavel.pk}).status_code == 404
    assert ask("post", path, anna, {"contact_id": pavel.pk}, scopes=("tickets:read",)).status_code == 403
    survey.end()
    assert ask("post", path, anna, {"contact_id": pavel.pk}).status_code == 409
    assert not Invitation.objects.exists()


def test_ACCESS_1_anothers_client_is_the_same_as_none(
    ask: Ask, survey: Survey, ticket: Ticket, pavel: Contact, vera: User
) -> None:
    path = f"surveys/{survey.pk}/invitations"
    foreign, missing = (ask("post", path, vera, {"contact_id": pk}) for pk in (pavel.pk, 999999))

    assert foreign.status_code == missing.status_code == 404 and foreign.content == missing.content


def test_C9_who_is_not_drawn_is_told_so_and_not_asked(
    ask: Ask, survey: Survey, answered: Ticket, pavel: Contact, anna: User
) -> None:
    Survey.objects.update(share=1)
    drawn = survey_draws(pavel)
    told = ask("post", f"surveys/{survey.pk}/invitations", anna, {"contact_id": pavel.pk}).json()

    assert told["why_not"] == ("" if drawn else "sampling")
    assert Invitation.objects.send_due() == int(drawn)


def survey_draws(contact: Contact) -> bool:

    return Survey.objects.get().draws(f"contact {contact.pk} {clock.today()}")
