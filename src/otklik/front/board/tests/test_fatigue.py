"""Whom surveys leave alone, and that the one function which decides says why (METRICS S12)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.care.complaints.tests.conftest import file as file
from otklik.care.incidents.tests.conftest import declare as declare
from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact, Contacted, ContactPolicy, Membership
from otklik.desk.clients.policy import may_contact
from otklik.desk.clients.purposes import Asks, Purpose
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.front.board.surveyed.telling import why_not
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type Make = Callable[..., Any]


def why(contact: Contact, asks: Asks = Asks.ACT, about: int | None = None, purpose: Purpose = Purpose.SURVEY) -> str:
    """The code for which it is held back now; "" where it may go."""
    found = may_contact(contact, purpose, "email", clock.now(), asks=asks, about=about)
    return found.why.code if found.why else ""


def colleague(volga: Client, number: int, **told: Any) -> Contact:
    contact = Contact.objects.recognise("email", f"c{number}@volga.test", name=f"Коллега {number}")
    contact.client = volga
    contact.save()
    return contact


def in_role(contact: Contact, volga: Client, *roles: str) -> None:
    Membership.objects.create(contact=contact, client=volga, roles=list(roles), is_main=True)


# -- something of theirs is open -------------------------------------------------------------------------------------


def test_no_survey_while_a_complaint_of_theirs_or_of_a_colleague_is_open(
    answered: Ticket, pavel: Contact, volga: Client, file: Make
) -> None:
    assert why(pavel) == ""
    one = file(answered)
    other = colleague(volga, 1)

    assert why(pavel) == why(other) == "open_case" and why(pavel, purpose=Purpose.NOTICE) == ""
    assert why(Contact.objects.recognise("email", "lena@else.test")) == ""
    type(one).objects.filter(pk=one.pk).update(state="closed", closed_at=clock.now(), next_at=None)
    assert why(pavel) == "" == why(other)


def test_no_survey_while_an_incident_that_concerns_them_goes_on(
    answered: Ticket, pavel: Contact, declare: Make
) -> None:
    incident = declare(tickets=[answered])
    assert why(pavel) == "open_case"

    now = clock.now()
    type(incident).objects.filter(pk=incident.pk).update(
        state="closed", next_at=None, closed_at=now, ended_at=now, post_mortem_due=None
    )
    assert why(pavel) == ""


def test_no_survey_while_an_escalated_request_is_open_except_about_itself(
    answered: Ticket, pavel: Contact, line_two: Team, head: User
) -> None:
    assert why(pavel) == "", "on the first line it is no escalation"
    Ticket.objects.filter(pk=answered.pk).update(team=line_two)

    assert why(pavel) == "open_case" and why(pavel, about=answered.pk) == ""
    Ticket.objects.get(pk=answered.pk).reply("Готово", by=head, then=Resolve())
    assert why(pavel) == ""


def test_no_survey_while_a_question_of_theirs_is_unanswered_except_about_itself(
    ticket: Ticket, pavel: Contact, volga: Client, anna: User, writes: Write
) -> None:
    """METRICS S12, `open_case`: another request of the same person holds it back until somebody of us has answered."""
    assert why(pavel) == "open_case" and why(pavel, about=ticket.pk) == "" and why(pavel, purpose=Purpose.NOTICE) == ""
    assert why(colleague(volga, 1)) == "", "whoever works with them asked nothing"

    ticket.reply("Перезагрузите роутер. Помогло?", by=anna, then=Wait(clock.now() + timedelta(days=3)))
    assert why(pavel) == "", "the move is theirs"
    writes("Не помогло", token=ticket.conversation.token)
    assert why(pavel) == "open_case"
    Ticket.objects.get(pk=ticket.pk).reply("Заменили роутер", by=anna, then=Resolve())
    assert why(pavel) == ""


def test_a_solution_is_not_asked_about_while_they_wait_for_another_answer(
    answered: Ticket, pavel: Contact, anna: User, writes: Write, settings: Any
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    other = writes("И счёт за май не пришёл", subject="Счёт")
    Ticket.objects.get(pk=answered.pk).reply("Готово", by=anna, then=Resolve())

    assert Invitation.objects.send_due() == 0
    assert Invitation.objects.get().why_not == "open_case" and "без ответа" in why_not("open_case")

    other.reply("Счёт во вложении", by=anna, then=Resolve())
    assert Invitation.objects.send_due() == 1 and Invitation.objects.get(sent_at__isnull=False).ticket == other


def test_nobody_is_called_while_they_wait_for_an_answer(
    answered: Ticket, pavel: Contact, anna: User, writes: Write
) -> None:
    survey = Survey.objects.create(name="О нас", occasion="event", by_phone=True)
    survey.draft().questions.create(kind="nps")
    survey.begin()
    pavel.identities.create(kind="phone", value="+78152450117")
    Contact.objects.filter(pk=pavel.pk).update(reach_by="phone")
    Invitation.objects.ask(survey, pavel)
    Invitation.objects.send_due()
    assert Invitation.objects.to_ring().exists()

    writes("Всё ещё не работает", token=answered.conversation.token)
    assert not Invitation.objects.to_ring().exists()
    Ticket.objects.get(pk=answered.pk).reply("Починили", by=anna, then=Resolve())
    assert Invitation.objects.to_ring().exists()


def test_the_reason_stands_on_the_invitation_and_in_the_story_and_names_no_complaint(
    ticket: Ticket, anna: User, file: Make, settings: Any
) -> None:
    """The complaint may be about whoever reads the story."""
    settings.SURVEY_DELAY_SECONDS = 0
    file(ticket)
    Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve())

    assert Invitation.objects.send_due() == 0
    one = Invitation.objects.get()
    assert (one.why_not, one.sent_at) == ("open_case", None) and "жалоба, инцидент" in why_not(one.why_not)
    assert not Contacted.objects.exists()


# -- caps ------------------------------------------------------------------------------------------------------------


def test_each_kind_of_survey_has_a_rest_of_its_own(pavel: Contact) -> None:
    """METRICS S12: asked 40 days ago about a ticket, the cap of any survey passes, that of the kind does not."""
    Contacted.objects.note(pavel, Purpose.SURVEY, clock.now() - timedelta(days=40), asks=Asks.ACT)
    found = may_contact(pavel, Purpose.SURVEY, "email", clock.now(), asks=Asks.ACT)

    assert found.why and found.why.code == "asked_kind"
    assert found.not_before and abs(found.not_before - clock.now() - timedelta(days=50)) < timedelta(minutes=1)
    assert why(pavel, Asks.RELATION) == ""
    with clock.at(clock.now() + timedelta(days=51)):
        assert why(pavel) == ""


def test_the_relation_rests_half_a_year_and_any_survey_a_month(pavel: Contact) -> None:
    Contacted.objects.note(pavel, Purpose.SURVEY, clock.now() - timedelta(days=20), asks=Asks.RELATION)
    assert why(pavel) == "asked"
    with clock.at(clock.now() + timedelta(days=150)):
        assert why(pavel, Asks.RELATION) == "asked_kind" and why(pavel) == ""


def test_of_an_organisation_three_people_or_a_fifth_are_asked_whichever_is_more(pavel: Contact, volga: Client) -> None:
    people = [colleague(volga, number) for number in range(24)]
    for one in people[:4]:
        Contacted.objects.note(one, Purpose.SURVEY, asks=Asks.ACT)
        Contacted.objects.note(one, Purpose.SURVEY, asks=Asks.ACT)  # reminded: the same person
    assert why(pavel) == "", "four of 25 are under a fifth"
    Contacted.objects.note(people[4], Purpose.SURVEY, asks=Asks.ACT)
    assert why(pavel) == "asked_client"

    ContactPolicy.objects.update_or_create(pk=1, defaults={"survey_share": 40})
    assert why(pavel) == ""
    ContactPolicy.objects.update(survey_share=0)
    assert why(pavel) == "asked_client", "then three is the cap"


def test_people_of_one_role_are_asked_so_many_and_others_go_on(pavel: Contact, volga: Client) -> None:
    other, user = colleague(volga, 1), colleague(volga, 2)
    for one, roles in ((pavel, ("finance",)), (other, ("finance", "decision")), (user, ("user",))):
        in_role(one, volga, *roles)
    Contacted.objects.note(other, Purpose.SURVEY, asks=Asks.ACT)
    assert why(pavel) == "", "no cap by role unless the department sets one"

    ContactPolicy.objects.update_or_create(pk=1, defaults={"surveys_of_role": 1})
    assert why(pavel) == "asked_role" and why(user) == ""


def test_a_survey_for_a_role_asks_nobody_else(answered: Ticket, pavel: Contact, volga: Client) -> None:
    survey = Survey.objects.create(name="Счета", occasion="event", roles=["finance"])
    survey.draft().questions.create(kind="nps")
    survey.begin()
    in_role(pavel, volga, "technical")

    Invitation.objects.ask(survey, pavel)
    assert Invitation.objects.send_due() == 0 and Invitation.objects.get().why_not == "role"

    Membership.objects.update(roles=["technical", "finance"])
    Invitation.objects.all().delete()
    Invitation.objects.ask(survey, pavel)
    assert Invitation.objects.send_due() == 1
    assert list(Contacted.objects.values_list("purpose", "asks")) == [("survey", "act")]


def test_whoever_likes_to_be_called_is_called_where_the_survey_calls(answered: Ticket, pavel: Contact) -> None:
    survey = Survey.objects.create(name="О нас", occasion="event", by_phone=True)
    survey.draft().questions.create(kind="nps")
    survey.begin()
    pavel.identities.create(kind="phone", value="+78152450117")
    Contact.objects.filter(pk=pavel.pk).update(reach_by="phone")

    Invitation.objects.ask(survey, pavel)
    Invitation.objects.send_due()

    one = Invitation.objects.get()
    assert (one.source, one.letter) == ("phone", None) and one.ring_at


def test_all_of_it_is_asked_in_one_statement(pavel: Contact, django_assert_num_queries: Any) -> None:
    why(pavel)
    with django_assert_num_queries(1):
        why(pavel)
