"""Nothing hangs: reviews, words that something is wrong, and articles of who left."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.knowledge import telling
from otklik.care.knowledge.access import keeper
from otklik.care.knowledge.models import Article, ArticleUse, Flag, Opinion, Section, Sought
from otklik.care.knowledge.reactions import somebody_else_keeps_them
from otklik.care.knowledge.states import How, Side
from otklik.care.knowledge.tasks import look_at_dates
from otklik.care.knowledge.terms import EVERY, today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def notices(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person, about="article").order_by("pk").values_list("text", flat=True))


def test_the_owner_hears_once_that_a_review_is_due(begin: Begin, anna: User) -> None:
    made = begin()
    with clock.at(clock.now() + EVERY - timedelta(days=1)):
        assert telling.tell_overdue() == 0
    with clock.at(clock.now() + EVERY):
        assert telling.tell_overdue() == 1 and telling.tell_overdue() == 0
        assert len(notices(anna)) == 1
        made.refresh_from_db()
        made.review(by=anna)
        assert made.review_on == today() + EVERY and made.overdue_at is None


def test_the_job_looks_at_reviews_and_words_and_forgets_what_is_old(begin: Begin, anna: User, ilya: User) -> None:
    made, other = begin(public=True), begin(public=True)
    other.flag("Не так", by=ilya)
    Opinion.objects.give(made, False, "Не нашёл")
    Sought.objects.looked_for("факс", Side.DESK, 0, today())
    before = len(notices(anna))
    with clock.at(clock.now() + EVERY):
        Article.objects.filter(pk=other.pk).update(review_on=today() + timedelta(days=1))
        look_at_dates(0)
    said = notices(anna)[before:]
    assert len(said) == 2 and sum("перечитайте" in one.lower() for one in said) == 1
    assert not Sought.objects.exists() and Opinion.objects.get().missing == ""


def test_who_is_given_an_article_hears_of_it_unless_they_took_it(
    begin: Begin, anna: User, ilya: User, boris: User
) -> None:
    made = begin()
    made.give(ilya, by=anna)
    assert len(notices(ilya)) == 1 and str(made.number) in notices(ilya)[0]
    made.give(boris, by=boris)
    assert not notices(boris) and not notices(anna)


def test_a_draft_is_finished_or_given_up(begin: Begin, anna: User) -> None:
    made = begin(published=False)
    with pytest.raises(Conflict):
        made.review(by=anna)
    with clock.at(clock.now() + timedelta(days=15)):
        assert telling.tell_overdue() == 1
    made.withdraw(by=anna)
    with clock.at(clock.now() + timedelta(days=300)):
        assert telling.tell_overdue() == 0


def test_a_word_that_it_is_wrong_goes_to_its_owner_with_a_date(
    begin: Begin, anna: User, ilya: User, ticket: Ticket
) -> None:
    made = begin()
    flag = made.flag("Срок уже десять дней", by=ilya, ticket=ticket)
    assert flag.due_at > clock.now() and len(notices(anna)) == 1
    told: dict[str, Any] = {"title": made.title, "by": anna, "section": made.section}
    made.write(**told, text="Десять дней", seen=made.edition, mends=[flag.pk])
    flag.refresh_from_db()
    assert flag.mended and len(notices(ilya)) == 1
    assert ArticleUse.objects.get(ticket=ticket).how == How.MENDED


def test_only_what_the_writer_says_is_mended(begin: Begin, anna: User, ilya: User, ticket: Ticket) -> None:
    made = begin()
    flag = made.flag("Срок уже десять дней", by=ilya, ticket=ticket)
    told: dict[str, Any] = {"title": made.title, "by": anna}
    with pytest.raises(Invalid):
        made.write(**told, text=made.text, seen=made.edition, section=made.section, mends=[flag.pk])
    made.refresh_from_db()
    shelf = Section.objects.create(name="Другой")
    made.write(**told, text=made.text, seen=made.edition, section=shelf)
    made.write(**told, text="Запятая, и только", seen=made.edition, section=shelf)
    made.restore(made.versions.get(number=1), by=anna, seen=made.edition)
    flag.refresh_from_db()
    assert flag.done_at is None and not notices(ilya) and not ArticleUse.objects.exists()


def test_a_late_word_goes_to_the_owner_and_to_the_head(begin: Begin, anna: User, ilya: User, head: User) -> None:
    flag = begin().flag("Не так", by=ilya)
    assert telling.tell_late() == 0
    with clock.at(flag.due_at):
        assert telling.tell_late() == 1 and telling.tell_late() == 0
    assert len(notices(anna)) == 2 and len(notices(head)) == 1


def test_who_said_so_hears_that_it_was_withdrawn_and_not_that_it_was_mended(
    begin: Begin, anna: User, ilya: User
) -> None:
    made = begin()
    flag = made.flag("Не так", by=ilya)
    made.withdraw(by=anna)
    flag.refresh_from_db()
    assert not flag.mended and flag.answer and "сняли" in notices(ilya)[0]


def test_an_answer_that_comes_second_changes_nothing(begin: Begin, anna: User, ilya: User) -> None:
    flag = begin().flag("Не так", by=ilya)
    stale = Flag.objects.get(pk=flag.pk)
    flag.close(by=anna, answer="Проверила: так", mended=False)
    with pytest.raises(Conflict):
        stale.close(by=anna, answer="", mended=True)
    assert Flag.objects.get(pk=flag.pk).answer == "Проверила: так"


def test_it_may_be_right_as_it_is_with_a_reason(begin: Begin, anna: User, ilya: User) -> None:
    flag = begin().flag("Не так", by=ilya)
    with pytest.raises(Invalid):
        flag.close(by=anna, answer=" ", mended=False)
    flag.close(by=anna, answer="Проверила: так", mended=False)
    with pytest.raises(Conflict):
        flag.close(by=anna, answer="ещё", mended=False)
    assert not Flag.objects.open().exists()
    with pytest.raises(Invalid):
        begin().flag("  ", by=ilya)


def test_articles_of_who_leaves_go_to_the_head(begin: Begin, anna: User, head: User) -> None:
    for _ in range(3):
        begin()
    begin().withdraw(by=anna)
    anna.deactivate(by=head)
    assert set(Article.objects.values_list("owner", flat=True)) == {head.pk}
    (said,) = notices(head)
    assert "3" in said, "one notice, however many"


def test_articles_of_who_does_not_answer_clients_any_more_go_to_a_lead_where_there_is_no_head(
    begin: Begin, anna: User, boris: User, admin: User
) -> None:
    made = begin()
    anna.appoint(Role.LEAD, [], by=admin)
    made.refresh_from_db()
    assert made.owner == anna and not notices(boris)
    anna.appoint(Role.QUALITY, [], by=admin)
    made.refresh_from_db()
    assert made.owner == boris and len(notices(boris)) == 1
    assert keeper() == boris and keeper(other_than=boris) == admin


def test_with_nobody_else_it_stays_and_nothing_breaks(begin: Begin, anna: User, head: User) -> None:
    made = begin(by=head)
    User.objects.exclude(pk=head.pk).update(is_active=False)
    somebody_else_keeps_them(PersonLeft(head.pk))
    made.refresh_from_db()
    assert made.owner == head and keeper(other_than=head) is None


def test_reviews_of_who_left_are_told_to_the_head_who_is_asked_for_once(begin: Begin, anna: User, head: User) -> None:
    for _ in range(4):
        begin()
    User.objects.filter(pk=anna.pk).update(is_active=False)
    with clock.at(clock.now() + EVERY), CaptureQueriesContext(connection) as asked:
        assert telling.tell_overdue() == 4
    assert len(notices(head)) == 4 and not notices(anna)
    assert sum("CASE WHEN" in one["sql"] and "staff_user" in one["sql"] for one in asked.captured_queries) == 1


def test_a_reader_who_writes_has_read_it(begin: Begin, writes: Write) -> None:
    public, internal = begin(public=True), begin()
    asked = writes("Не помогло", subject=f"Re: Перенос [KB-{public.number}]")
    writes("Хитро", subject=f"[KB-{internal.number}]", sender="x@y.test")
    use = ArticleUse.objects.get()
    assert (use.ticket, use.article, use.how, use.by) == (asked, public, How.READ, None)


def test_a_joined_request_takes_its_articles_along(begin: Begin, writes: Write, anna: User) -> None:
    one, two, made = writes("раз"), writes("два", sender="other@x.test"), begin()
    other = begin()
    ArticleUse.objects.note(one, made, How.LINKED, by=anna)
    ArticleUse.objects.note(one, other, How.LINKED, by=anna)
    ArticleUse.objects.note(two, other, How.LINKED, by=anna)
    with clock.at(clock.now() + timedelta(minutes=1)):
        relocation = one.merge_into(two, by=anna, disclose=True)
    assert {use.article for use in ArticleUse.objects.filter(ticket=two)} == {made, other}
    first, came = (ArticleUse.objects.get(ticket=ticket, article=made) for ticket in (one, two))
    assert first.at == came.at, "as of the moment when it was used"
    Ticket.objects.get(pk=one.pk).bring_back(relocation, by=anna)
    assert ArticleUse.objects.get(ticket=two).article == other, "what was there before stays"
    assert ArticleUse.objects.filter(ticket=one).count() == 2


def test_many_articles_go_along_in_one_statement(begin: Begin, writes: Write, anna: User) -> None:
    one, two = writes("раз"), writes("два", sender="other@x.test")
    for how in (How.LINKED, How.LOOKED, How.CHOSEN):
        for _each in range(3):
            ArticleUse.objects.note(one, begin(), how, by=anna)
    with CaptureQueriesContext(connection) as asked:
        one.merge_into(two, by=anna, disclose=True)

    written = [each["sql"] for each in asked.captured_queries if 'INSERT INTO "knowledge_articleuse"' in each["sql"]]
    assert len(written) == 1 and ArticleUse.objects.filter(ticket=two).count() == 9
    told = Entry.objects.filter(kind="knowledge.ArticleUsed", about="ticket", about_id=two.pk)
    assert told.count() == 6, "what waits in a draft has been used by nobody yet"
