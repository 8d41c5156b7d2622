"""An article is written by one person at a time, and no text that was read is ever lost."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from otklik.care.knowledge.events import ArticleUsed
from otklik.care.knowledge.models import Article, Section, Version
from otklik.care.knowledge.states import State, Why
from otklik.care.knowledge.terms import EVERY, OF_DRAFT, today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.audit.models import Line
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Changed, Conflict, Invalid
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_draft_has_an_owner_and_a_date_from_its_first_moment(begin: Begin, anna: User) -> None:
    made = begin(published=False)
    assert (made.owner, made.state, made.review_on) == (anna, State.DRAFT, today() + OF_DRAFT)
    assert not made.versions.exists()


@pytest.mark.parametrize(
    ("title", "text", "field"), [(" ", "x", "title"), ("x", "\0 ", "text"), ("x" * 201, "x", "title")]
)
def test_words_are_needed(anna: User, title: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        Article.objects.begin(title=title, text=text, by=anna)
    assert refused.value.field == field


def test_who_does_not_answer_clients_owns_nothing(anna: User, quality: User) -> None:
    with pytest.raises(Invalid):
        Article.objects.begin(title="x", text="x", by=anna, owner=quality)
    with pytest.raises(Invalid):
        Article.objects.begin(title="x", text="x", by=anna).give(quality, by=anna)


def test_every_published_text_is_kept_and_comes_back_as_a_new_one(begin: Begin, anna: User, section: Section) -> None:
    made = begin(text="Первый")
    made.write(title=made.title, text="Второй", by=anna, seen=made.edition, section=section)
    first = made.versions.get(number=1)
    made.restore(first, by=anna, seen=made.edition)
    assert [(one.number, one.text) for one in made.versions.order_by("number")] == [
        (1, "Первый"),
        (2, "Второй"),
        (3, "Первый"),
    ]
    assert made.text == "Первый" and made.review_on == today() + EVERY


def test_another_section_is_no_version_and_another_audience_no_review(begin: Begin, anna: User) -> None:
    made = begin()
    Article.objects.filter(pk=made.pk).update(review_on=today())
    told: dict[str, Any] = {
        "title": made.title,
        "text": made.text,
        "by": anna,
        "section": Section.objects.create(name="Другой"),
    }
    made.write(**told, seen=made.edition)
    assert made.versions.count() == 1 and made.review_on == today()
    made.write(**told, seen=made.edition, audience="public")
    assert made.versions.count() == 2 and made.review_on == today()


def test_what_colleagues_read_is_never_set_back_for_clients(begin: Begin, anna: User, section: Section) -> None:
    made = begin(text="Для своих")
    told: dict[str, Any] = {"title": made.title, "by": anna, "section": section}
    made.write(**told, text="Для всех", seen=made.edition, audience="public")
    made.restore(made.versions.get(number=1), by=anna, seen=made.edition)
    assert made.text == "Для своих" and not made.is_public and not Article.objects.public().exists()
    made.restore(made.versions.get(number=2), by=anna, seen=made.edition)
    assert not made.is_public, "clients read it when somebody lets them"


def test_the_same_text_again_is_no_version(begin: Begin, anna: User, section: Section) -> None:
    made = begin()
    made.write(title=made.title, text=made.text, by=anna, seen=made.edition, section=section)
    assert made.versions.count() == 1


def test_a_second_writer_never_writes_over_the_first(begin: Begin, anna: User, ilya: User, section: Section) -> None:
    made = begin(text="Первый")
    seen = made.edition
    Article.objects.get(pk=made.pk).write(title=made.title, text="Ильи", by=ilya, seen=seen, section=section)
    with pytest.raises(Changed):
        made.write(title=made.title, text="Анны", by=anna, seen=seen, section=section)
    assert Article.objects.get(pk=made.pk).text == "Ильи"


def test_a_draft_leaves_no_versions_and_is_published_once(begin: Begin, anna: User, section: Section) -> None:
    made = begin(published=False)
    made.write(title=made.title, text="Иначе", by=anna, seen=made.edition, section=section)
    assert not made.versions.exists()
    made.publish(by=anna)
    with pytest.raises(Conflict):
        made.publish(by=anna)
    assert made.versions.get().text == "Иначе"


def test_the_request_it_was_made_of_hears_when_it_is_published_first_and_never_again(
    begin: Begin, anna: User, ticket: Ticket, section: Section
) -> None:
    def told() -> int:
        return Entry.objects.filter(kind=ArticleUsed.kind(), about_id=ticket.pk).count()

    made = begin(published=False, ticket=ticket)
    assert told() == 1
    made.publish(by=anna)
    assert told() == 2
    made.write(title=made.title, text="Иначе", by=anna, seen=made.edition, section=section)
    made.withdraw(by=anna)
    made.publish(by=anna)
    assert told() == 2


def test_readers_look_for_it_in_a_section(anna: User) -> None:
    with pytest.raises(Invalid):
        Article.objects.begin(title="x", text="x", by=anna).publish(by=anna)


def test_a_published_one_keeps_a_section(begin: Begin, anna: User) -> None:
    made = begin()
    with pytest.raises(Invalid) as refused:
        made.write(title=made.title, text="Иначе", by=anna, seen=made.edition)
    assert refused.value.field == "section"


def test_a_withdrawn_one_is_found_by_nobody_and_comes_back(begin: Begin, anna: User) -> None:
    made = begin(public=True)
    made.withdraw(by=anna)
    assert not Article.objects.public().exists() and made.versions.count() == 1
    with pytest.raises(Conflict):
        made.withdraw(by=anna)
    made.publish(by=anna)
    assert Article.objects.public().get() == made and made.versions.count() == 2


def test_one_translation_into_a_language(begin: Begin, anna: User) -> None:
    russian = begin()
    english = begin("How to move a number", "Eight days.", language="en", original=russian)
    assert english.others() == [russian] and russian.others() == [english]
    with pytest.raises(Invalid):
        begin("Again", "Eight.", language="en", original=english)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=begin("Third", "x", language="en").pk).update(original=russian)


def test_words_go_from_every_version_and_the_trail_tells_who_and_why_and_not_which(
    begin: Begin, head: User, anna: User, section: Section
) -> None:
    made = begin("Спросите Анну Белову", "Звоните Анне  БЕЛОВОЙ: анна белова, 12.")
    told: dict[str, Any] = {"by": anna, "section": section}
    made.write(title="Как позвонить", text="Звоните. Анна Белова на месте.", seen=made.edition, **told)
    with pytest.raises(Conflict):
        made.erase("анна белова", why=Why.PERSON, by=head)
    made.write(title="Как позвонить", text="Звоните.", seen=made.edition, **told)
    assert made.erase(" анна  белова ", why=Why.PERSON, by=head) == 2
    assert list(made.versions.order_by("number").values_list("title", "text")) == [
        ("Спросите Анну Белову", "Звоните Анне  БЕЛОВОЙ: …, 12."),
        ("Как позвонить", "Звоните. … на месте."),
        ("Как позвонить", "Звоните."),
    ]
    assert made.erase("Анне белово", why=Why.PERSON, by=head) == 1, "over whatever blanks"
    lines = Line.objects.filter(kind="knowledge.WordsErased").order_by("pk")
    assert [(one.actor, one.about_id, one.after) for one in lines] == [
        (head, str(made.pk), {"why": "person", "in_versions": 2}),
        (head, str(made.pk), {"why": "person", "in_versions": 1}),
    ]


@pytest.mark.parametrize(
    ("words", "why", "field"), [("но", "person", "words"), ("восемь", "", "why"), ("нет такого", "law", "words")]
)
def test_words_are_taken_out_for_a_reason_and_only_where_they_are(
    begin: Begin, head: User, words: str, why: str, field: str
) -> None:
    made = begin("Перенос", "Десять")
    Version.objects.filter(article=made).update(text="Восемь")
    with pytest.raises(Invalid) as refused:
        made.erase(words, why=why, by=head)
    assert refused.value.field == field and made.versions.get().text == "Восемь"


def test_versions_outlive_everything(begin: Begin) -> None:
    made = begin()
    with pytest.raises(ProtectedError):
        made.delete()
    assert Version.objects.filter(article=made).exists()
