"""Who watches a request hears what becomes of it: once, not of their own acts, never of what they may not see."""

import pytest

from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket, Watch, watching
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db


def heard(person: User) -> list[str]:
    told = Notice.objects.filter(person=person, kind=NoticeKind.WATCHED).order_by("id")
    return [text.partition("которым вы следите")[2].strip(": ,") for text in told.values_list("text", flat=True)]


def test_of_each_turn_in_words_and_nobody_of_their_own(ticket: Ticket, anna: User, ilya: User, writes) -> None:
    for person in (anna, ilya):
        Watch.objects.put(ticket, person)

    ticket.take(by=anna)
    ticket.note("Смотрю", by=anna)
    ours = ticket.reply("Готово", by=anna, then=Resolve("перезагрузили"))

    assert heard(anna) == []
    assert heard(ilya) == ["теперь у другого сотрудника", "новая заметка", "решено"]
    writes("Нет", references=[ours.external_id])
    assert {"клиент написал", "снова открыто"} <= set(heard(ilya))


def test_the_owner_hears_as_the_owner(ticket: Ticket, anna: User, ilya: User, writes, tomorrow) -> None:
    for person in (anna, ilya):
        Watch.objects.put(ticket, person)
    ours = ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))
    Notice.objects.all().delete()

    for words in ("Что нового?", "Алло"):
        writes(words, references=[ours.external_id])

    assert heard(ilya) == ["клиент написал"], "five letters are one piece of news"
    kinds = set(Notice.objects.filter(person=anna).values_list("kind", flat=True))
    assert Ticket.objects.get(pk=ticket.pk).owner_id == anna.pk and kinds == {NoticeKind.ANSWER}


def test_whoever_may_not_see_it_any_more_hears_nothing(ticket: Ticket, anna: User, ilya: User, line_two: Team) -> None:
    Watch.objects.put(ticket, ilya)
    ticket.hand_over(line_two, Brief.of("Что?", "Всё", "Ответ"), by=anna)
    known = len(heard(ilya))

    Ticket.objects.get(pk=ticket.pk).note("Тайна", by=anna)

    assert len(heard(ilya)) == known
    assert not Ticket.objects.visible_to(ilya).filter(pk=ticket.pk).exists()


def test_who_watched_a_joined_one_watches_the_one_that_goes_on(ticket: Ticket, anna: User, ilya: User, writes) -> None:
    other = writes("Ещё раз", subject="То же")
    Watch.objects.put(ticket, ilya)
    Watch.objects.put(other, ilya)
    Watch.objects.put(other, anna)

    Ticket.objects.get(pk=other.pk).merge_into(Ticket.objects.get(pk=ticket.pk), by=anna)

    assert set(Watch.objects.filter(ticket=ticket).values_list("user", flat=True)) == {anna.pk, ilya.pk}


def test_twice_is_once_and_there_is_an_end(ticket: Ticket, anna: User, writes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST", 1)
    for _ in range(2):
        Watch.objects.put(ticket, anna)
    assert Watch.objects.count() == 1
    with pytest.raises(Conflict):
        Watch.objects.put(writes("Ещё", subject="Другое"), anna)


def test_where_nobody_watches_it_costs_one_look(ticket: Ticket, anna: User, django_assert_max_num_queries) -> None:
    ticket.note("раз", by=anna)
    with django_assert_max_num_queries(60) as asked:
        ticket.note("два", by=anna)

    assert sum("tickets_watch" in one["sql"] for one in asked.captured_queries) == 1
