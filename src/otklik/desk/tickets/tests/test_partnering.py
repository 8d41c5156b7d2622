"""Two specialists on one ticket: one owner, and whoever helps sees and answers."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, Team, User
from otklik.desk.tickets.access import can_answer, can_see
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Partner, Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


def test_a_colleague_of_another_line_sees_it_and_answers_the_owner_stays(
    ticket: Ticket, anna: User, vera: User, paper: Paper
) -> None:
    ticket.take(by=anna)
    assert not can_see(vera, ticket) and ticket not in Ticket.objects.visible_to(vera)

    ticket.invite(vera, by=anna)

    assert can_answer(vera, ticket) and ticket in Ticket.objects.visible_to(vera)
    ticket.reply("Проверила маршруты", by=vera, then=Resolve())
    assert ticket.owner == anna
    assert Entry.objects.filter(kind="tickets.PartnerInvited", actor=anna, about_id=ticket.pk).count() == 1

    ticket.part(vera, by=vera)
    assert not can_see(vera, ticket) and ticket not in Ticket.objects.visible_to(vera)
    assert Partner.objects.get().left_at and ticket.works_with == []
    with pytest.raises(Conflict):
        ticket.part(vera, by=anna)


def test_the_client_reads_a_name_only_where_it_is_wanted(
    ticket: Ticket, anna: User, vera: User, ilya: User, paper: Paper
) -> None:
    ticket.take(by=anna)
    ticket.invite(vera, by=anna, shown=True)
    ticket.invite(ilya, by=anna)

    ticket.reply("Смотрим вдвоём", by=anna, then=Resolve())

    assert "Также над вашим обращением: Вера Лис\n" in paper.letters[-1].text
    assert "Илья" not in paper.letters[-1].text


def test_asked_again_only_what_the_client_sees_changes(ticket: Ticket, anna: User, vera: User) -> None:
    ticket.invite(vera, by=anna)
    version = ticket.version
    ticket.invite(vera, by=anna)
    assert ticket.version == version
    ticket.invite(vera, by=anna, shown=True)
    assert ticket.partners_shown == ["Вера Лис"] and Partner.objects.count() == 1


def test_who_becomes_the_owner_is_no_partner_any_more(ticket: Ticket, anna: User, vera: User, ilya: User) -> None:
    ticket.invite(ilya, by=anna)
    ticket.assign(ilya, by=anna)
    assert ticket.works_with == [] and not Partner.objects.now().exists()


def test_who_cannot_help_is_not_asked(
    ticket: Ticket, anna: User, vera: User, ilya: User, quality: User, boris: User
) -> None:
    ticket.take(by=anna)
    Absence.objects.declare(ilya, by=ilya, until=clock.now() + timedelta(days=2))
    for person in (anna, ilya, quality):
        with pytest.raises(Invalid) as refused:
            ticket.invite(person, by=boris)
        assert refused.value.field == "user"
    ticket.reply("Готово", by=anna, then=Resolve())
    with pytest.raises(Conflict):
        ticket.invite(vera, by=anna)


def test_nothing_hangs_on_a_partner_who_left(ticket: Ticket, anna: User, vera: User, admin: User) -> None:
    ticket.invite(vera, by=anna)
    vera.deactivate(by=admin)
    ticket.refresh_from_db()
    assert ticket.works_with == [] and not Partner.objects.now().exists()


def test_lists_of_others_do_not_grow(writes: Write, anna: User, vera: User, line_two: Team) -> None:
    mine, other = writes("Одно", sender="a@else.test"), writes("Другое", sender="b@else.test")
    mine.invite(vera, by=anna)
    assert list(Ticket.objects.visible_to(vera)) == [mine] and not can_see(vera, other)


def test_two_at_once_ask_the_same_colleague_and_there_is_one(
    ticket: Ticket, anna: User, ilya: User, vera: User
) -> None:
    stale = Ticket.objects.get(pk=ticket.pk)
    ticket.invite(vera, by=anna)
    stale.invite(vera, by=ilya)
    assert stale.works_with == [vera.pk] and Partner.objects.count() == 1


def test_who_helps_goes_along_with_a_request_that_is_joined(
    ticket: Ticket, writes: Write, anna: User, vera: User
) -> None:
    second = writes("То же самое", subject="Ещё раз")
    second.take(by=anna)
    second.invite(vera, by=anna, shown=True)
    second.merge_into(ticket, by=anna)
    ticket.refresh_from_db()
    assert ticket.works_with == [vera.pk] and ticket.partners_shown == ["Вера Лис"]
