"""What a client has said stands on their card, as far as its reader may see the requests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact, Membership
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def marked(ticket: Ticket, anna: User, score: int, words: str) -> None:
    ticket.refresh_from_db()
    ticket.reply("Готово", by=anna, then=Resolve())
    ticket.refresh_from_db()
    with clock.at(clock.now() + timedelta(minutes=score)):
        invitation = Invitation.objects.for_page(ticket)
        assert invitation is not None
        invitation.answer(score, words)


def test_marks_and_words_stand_on_the_card_the_newest_first(
    annas: Browser, anna: User, ticket: Ticket, writes: Write
) -> None:
    home = f"/clients/contact/{ticket.contact_id}/"
    assert 'id="said"' not in annas.get(home).content.decode()
    marked(ticket, anna, 2, "Долго <b>ждал</b>")
    marked(writes("Ещё раз", subject="Ещё"), anna, 5, "Спасибо")
    page = annas.get(home).content.decode()

    assert page.index("Спасибо") < page.index("Долго &lt;b&gt;ждал")
    assert "1 из последних 2 оценок — 4 или 5" in page and "2 из 5" in page


def test_a_mark_from_0_to_5_stands_among_them_on_its_own_scale(
    annas: Browser, anna: User, ticket: Ticket, writes: Write
) -> None:
    marked(writes("Ещё раз", subject="Ещё"), anna, 5, "Спасибо")
    survey = Survey.objects.create(name="Иначе", occasion="resolved")
    survey.draft().questions.create(kind="csat0_5")
    Survey.objects.filter(state="running").update(state="ended")
    now, told = clock.now() + timedelta(hours=1), {"ticket": ticket, "team": ticket.team, "agent": anna}
    asked = Invitation.objects.create(
        survey=survey, version=survey.begin(), contact=ticket.contact, send_at=now, sent_at=now, **told
    )
    with clock.at(now):
        asked.fill({asked.version.asked()[0].pk: 0}, comment="Никто не ответил")
        page = annas.get(f"/clients/contact/{ticket.contact_id}/").content.decode()

    said = page.partition('id="said"')[2].partition("</section>")[0]
    assert said.index("0 по шкале от 0 до 5") < said.index("Никто не ответил") < said.index("5 из 5")
    assert "1 из последних 2 оценок" in said


def test_marks_of_requests_of_another_line_are_not_shown(
    annas: Browser,
    sits_at: Callable[[User], Browser],
    anna: User,
    ilya: User,
    head: User,
    ticket: Ticket,
    line_two: Team,
) -> None:
    marked(ticket, anna, 1, "Тайное слово")
    Ticket.objects.filter(pk=ticket.pk).update(team=line_two, owner=None)
    other = annas.get(f"/clients/contact/{ticket.contact_id}/")
    assert "Тайное слово" not in other.content.decode()
    assert "Тайное слово" in sits_at(head).get(f"/clients/contact/{ticket.contact_id}/").content.decode()


def test_marks_of_a_restricted_person_are_in_no_list_and_no_sum_of_their_organisation(
    annas: Browser, anna: User, ticket: Ticket, writes: Write, volga: Client
) -> None:
    """The difference of two sums tells the mark of one: their own card has it, where every look is written down."""
    other = writes("Про счёт", sender="lena@volga.test", subject="Счёт")
    for one in (ticket, other):
        Contact.objects.filter(pk=one.contact_id).update(client=volga)
        Membership.objects.create(contact=one.contact, client=volga, is_main=True)
    marked(other, anna, 5, "Спасибо")
    marked(ticket, anna, 1, "Тайное слово")
    home = f"/clients/organisation/{volga.pk}/"
    assert "1 из последних 2 оценок" in annas.get(home).content.decode()

    Contact.objects.filter(pk=ticket.contact_id).update(restricted_as="vip")
    page = annas.get(home).content.decode()
    said = page.partition('id="said"')[2].partition("</section>")[0]
    assert "Тайное слово" not in said and "1 из последней 1 оценки" in said and "под учётом" in said
    own = annas.get(f"/clients/contact/{ticket.contact_id}/").content.decode()
    assert "Тайное слово" in own.partition('id="said"')[2]
    Contact.objects.update(restricted_as="vip")
    alone = annas.get(home).content.decode().partition('id="said"')[2].partition("</section>")[0]
    assert "под учётом" in alone and "оцен" not in alone.replace("Оценки людей", "")


def test_a_mark_is_of_whoever_gave_it_though_their_request_is_a_colleagues_now(
    annas: Browser, anna: User, ticket: Ticket, writes: Write, volga: Client
) -> None:
    """Neither on the card of the other, nor, where the one who gave it is restricted, in the sum of both."""
    other = writes("Про счёт", sender="lena@volga.test", subject="Счёт")
    for one in (ticket, other):
        Contact.objects.filter(pk=one.contact_id).update(client=volga)
        Membership.objects.create(contact=one.contact, client=volga, is_main=True)
    marked(other, anna, 5, "Спасибо")
    marked(ticket, anna, 1, "Тайное слово")
    gave = ticket.contact_id
    Ticket.objects.get(pk=ticket.pk).make_client(other.contact, by=anna)
    assert "Тайное слово" not in annas.get(f"/clients/contact/{other.contact_id}/").content.decode()
    assert "Тайное слово" in annas.get(f"/clients/contact/{gave}/").content.decode()

    Contact.objects.filter(pk=gave).update(restricted_as="vip")
    said = annas.get(f"/clients/organisation/{volga.pk}/").content.decode().partition('id="said"')[2]
    said = said.partition("</section>")[0]
    assert "Тайное слово" not in said and "1 из последней 1 оценки" in said and "под учётом" in said
