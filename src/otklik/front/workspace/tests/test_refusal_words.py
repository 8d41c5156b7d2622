"""What whoever refuses reads beforehand: the whole letter, how to appeal, and what becomes of one that waits."""

import pytest
from django.test import Client

from otklik.core import recent
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.models import Habits, Ticket
from otklik.desk.tickets.steps import Refuse
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db

FORM = {
    "mode": "reply",
    "text": "Здравствуйте, Павел!",
    "next": "refuse",
    "reason": "rules",
    "explanation": "скидки даёт только договор",
    "alternatives": ["пересчитаем тариф", ""],
    "consulted": "on",
}
APPEAL = "Если вы не согласны с отказом"


def test_the_look_at_a_refusal_is_the_whole_letter(annas: Client, ticket: Ticket, boris: User) -> None:
    address = f"/tickets/{ticket.pk}/preview/"
    whole = annas.post(address, FORM).content.decode()
    for part in ("Здравствуйте, Павел!", "скидки даёт только договор", "<li>пересчитаем тариф", APPEAL):
        assert part in whole, part

    begun = annas.post(address, {**FORM, "reason": "", "explanation": "", "alternatives": []}).content.decode()
    assert "Здравствуйте, Павел!" in begun and "Причина" not in begun and "взамен" not in begun
    assert APPEAL not in annas.post(address, {**FORM, "next": "promise"}).content.decode()
    assert APPEAL not in annas.post(address, {**FORM, "mode": "note", "note": "Для своих"}).content.decode()


def test_the_composer_shows_how_to_appeal_when_a_refusal_is_begun(
    annas: Client, ticket: Ticket, boris: User, line_one: Team
) -> None:
    page = annas.get(f"/tickets/{ticket.pk}/").content.decode()
    address = f"/tickets/{ticket.pk}/refusal/appeal/"
    assert f'hx-get="{address}"' in page and APPEAL not in page, "it is asked for when its place comes into sight"
    assert APPEAL in annas.get(address).content.decode()

    boris.deactivate()
    assert "ничего не говорит" in annas.get(address).content.decode(), "nobody is left who could decide"


def test_a_line_without_appeals_says_so_and_its_own_words_are_shown(
    annas: Client, ticket: Ticket, boris: User, line_one: Team
) -> None:
    habits = Habits.objects.create(team=line_one, appeals=False)
    address = f"/tickets/{ticket.pk}/refusal/appeal/"
    assert "ничего не говорит" in annas.get(address).content.decode()
    Habits.objects.filter(pk=habits.pk).update(appeals=True, appeal_words_ru="Пишите **директору**.")
    assert "Пишите **директору**." in annas.get(address).content.decode()


def test_where_the_only_one_who_could_decide_approves_it_first_it_is_said(
    annas: Client, ticket: Ticket, boris: User, line_one: Team
) -> None:
    """Boris lets it go, so there is nobody left for an appeal: what leaves says nothing of one."""
    look, ask = f"/tickets/{ticket.pk}/preview/", f"/tickets/{ticket.pk}/refusal/appeal/"
    says = "согласует его тот, кто один мог бы решить"
    assert says not in annas.get(ask).content.decode() + annas.post(look, FORM).content.decode(), "nobody approves it"

    Habits.objects.create(team=line_one, approved_reasons=["rules"])

    assert says in annas.get(ask).content.decode() and says in annas.post(look, FORM).content.decode()
    assert says not in annas.post(look, {**FORM, "reason": "outside"}).content.decode(), "this one leaves at once"
    person("vera_head", "Вера Глава", Role.HEAD)
    assert says not in annas.get(ask).content.decode() + annas.post(look, FORM).content.decode(), "the head decides"


def test_whoever_may_not_write_here_asks_nothing(client: Client, ticket: Ticket, quality: User, vera: User) -> None:
    for user, code in ((quality, 403), (vera, 404)):
        client.force_login(user)
        assert client.get(f"/tickets/{ticket.pk}/refusal/appeal/").status_code == code


def test_the_page_says_what_becomes_of_a_refusal_that_waits(
    annas: Client, ticket: Ticket, anna: User, boris: User, line_one: Team
) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    recent.forget()
    ticket.ask_to_refuse("Нет.", by=anna, step=Refuse("rules", "договор", ["тариф"]))
    assert "текст снова станет черновиком" in annas.get(f"/tickets/{ticket.pk}/").content.decode()
