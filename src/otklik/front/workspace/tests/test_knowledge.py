"""Articles at the desk: who writes them, how they get into answers, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.care.knowledge.models import Article, ArticleDay, ArticleUse, Flag, Opinion, Section, Sought
from otklik.care.knowledge.states import Audience, How
from otklik.care.knowledge.terms import today
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.workspace.queries import tasks
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="Номера")


@pytest.fixture
def article(anna: User, section: Section) -> Article:
    return published("Перенос номера", anna, section)


def published(title: str, by: User, section: Section, audience: str = Audience.PUBLIC) -> Article:
    made = Article.objects.begin(title=title, text="**Восемь** дней", by=by, section=section, audience=audience)
    made.publish(by=by)
    return made


def typed(article: Article, **more: Any) -> dict[str, Any]:
    told = {"title": article.title, "text": article.text, "section": article.section_id or "", "audience": "public"}
    return {**told, "seen": article.edition, **more}


def test_the_list_is_narrowed_and_asks_as_often_however_many(
    sits_at: SitsAt, anna: User, section: Section, django_assert_max_num_queries, ilya: User
) -> None:
    desk = sits_at(anna)
    for number in range(3):
        published(f"Статья {number}", anna if number else ilya, section)
    Article.objects.begin(title="Черновик", text="x", by=ilya)
    for show, count in (("all", 4), ("mine", 2), ("drafts", 1), ("unused", 3), ("used", 0), ("review", 0)):
        page = desk.get(f"/knowledge/?show={show}")
        assert len(page.context["rows"]) == count, show
    with django_assert_max_num_queries(14):
        desk.get("/knowledge/")
    for number in range(60):
        published(f"Ещё {number}", anna, section)
    with django_assert_max_num_queries(14):
        page = desk.get("/knowledge/")
    assert len(page.context["rows"]) == 50
    assert len(desk.get(f"/knowledge/?after={page.context['after']}").context["rows"]) == 14


def test_the_list_tells_what_each_did_lately_and_finds_what_did_nothing(
    sits_at: SitsAt, anna: User, boris: User, section: Section, writes: Write
) -> None:
    desk, other = sits_at(anna), Section.objects.create(name="Оплата")
    used, seldom, idle = (published(name, anna, section) for name in ("Часто", "Редко", "Никогда"))
    elsewhere = published("Счёт", anna, other)
    first, second = writes("раз"), writes("два", sender="other@x.test")
    for ticket, article, how in (
        (first, used, How.LINKED),
        (second, used, How.PASTED),
        (first, seldom, How.LINKED),
        (first, idle, How.LOOKED),
        (second, elsewhere, How.LINKED),
    ):
        ArticleUse.objects.note(ticket, article, how, by=anna)
    ArticleUse.objects.note(second, idle, How.LINKED, by=anna, at=clock.now() - timedelta(days=91))
    for days in (0, 1, 1, 90):
        ArticleDay.objects.viewed(used, today() - timedelta(days=days))

    def shown(query: str) -> list[Any]:
        return list(desk.get(f"/knowledge/?{query}").context["rows"])

    assert shown("show=used") == [used, elsewhere, seldom]
    assert shown(f"show=used&section={section.pk}") == [used, seldom]
    assert [(row.used, row.viewed) for row in shown("show=used")] == [(2, 3), (1, 0), (1, 0)]
    assert shown("show=unused") == [], "it was used once, however long ago"
    assert shown(f"section={other.pk}") == [elsewhere]
    idle.withdraw(by=boris)
    assert shown("show=withdrawn") == [idle] and idle not in shown("show=all") and idle not in shown("show=mine")


def test_the_page_tells_what_it_did_and_what_readers_missed(
    sits_at: SitsAt, anna: User, vera: User, article: Article, writes: Write
) -> None:
    first, second = writes("раз", subject="Первый"), writes("два", sender="other@x.test", subject="Второй")
    looked = writes("три", sender="third@x.test", subject="Третий")
    for ticket, how in ((second, How.PASTED), (first, How.LINKED), (first, How.PASTED), (looked, How.LOOKED)):
        ArticleUse.objects.note(ticket, article, how, by=anna)
    for days in (0, 0, 200):
        ArticleDay.objects.viewed(article, today() - timedelta(days=days))
    Opinion.objects.give(article, True), Opinion.objects.give(article, False, "Сколько стоит?")
    Opinion.objects.give(article, False)
    page = sits_at(anna).get(f"/knowledge/{article.pk}/")
    told = page.context
    assert (told["used"], told["views"], told["opinions"]) == (3, 3, {"yes": 1, "no": 2})
    assert [one.missing for one in told["missing"]] == ["Сколько стоит?"]
    assert told["tickets"] == [first, second], "each once, the last use first, and none in which it was only looked at"
    assert "Первый" in page.content.decode()
    assert sits_at(vera).get(f"/knowledge/{article.pk}/").context["tickets"] == [], "she does not see these requests"


def test_the_menu_counts_what_my_day_shows_and_says_what_is_late(
    anna: User, ilya: User, section: Section, sits_at: SitsAt
) -> None:
    def counted() -> tuple[int, int]:
        found = tasks.count(anna, clock.now())
        return found.articles, found.late_articles

    article = published("Перенос", anna, section)
    published("Чужая", ilya, section).flag("Не так", by=anna)
    assert counted() == (0, 0)
    for days, late in ((15, None), (14, 0), (0, 0), (-1, 1)):
        Article.objects.filter(pk=article.pk).update(review_on=today() + timedelta(days=days))
        assert counted() == ((0, 0) if late is None else (1, late)), days
    flag = article.flag("Уже десять", by=ilya)
    assert counted() == (2, 1)
    day = sits_at(anna).get("/my/").context
    assert len(day["articles"]) + len(day["doubts"]) == 2
    with clock.at(flag.due_at + timedelta(seconds=1)):
        assert counted() == (2, 2)
    flag.close(by=anna, answer="Так", mended=False)
    article.withdraw(by=anna)
    assert counted() == (0, 0)


def test_search_finds_it_on_its_page_in_the_search_and_in_the_palette(
    sits_at: SitsAt, anna: User, article: Article
) -> None:
    desk = sits_at(anna)
    for address in ("/knowledge/?q=номеров", "/search/?q=номеров", "/palette/?q=номеров", "/knowledge/?q=yjvth"):
        assert f"/knowledge/{article.pk}/" in desk.get(address).content.decode(), address
    assert Sought.objects.get(words="номеров").times == 1
    desk.get("/knowledge/?q=ном", headers={"HX-Request": "true"})
    assert not Sought.objects.filter(words="ном").exists(), "half a word is no search"


def test_a_draft_is_written_and_let_out_by_one_press(sits_at: SitsAt, anna: User, section: Section) -> None:
    desk = sits_at(anna)
    told = {"title": "Т", "text": "<script>alert(1)</script> **да**", "section": section.pk, "audience": "public"}
    answer = desk.post("/knowledge/new/", {**told, "language": "ru", "publish": "on"})
    made = Article.objects.get()
    assert answer.status_code == 302 and made.is_public and made.owner == anna
    page = desk.get(f"/knowledge/{made.pk}/").content.decode()
    assert "<script>alert" not in page and "<strong>да</strong>" in page


def test_what_is_missing_is_said_and_nothing_is_lost(sits_at: SitsAt, anna: User) -> None:
    answer = sits_at(anna).post(
        "/knowledge/new/", {"title": "", "text": "слова", "audience": "internal", "language": "ru"}
    )
    assert answer.status_code == 422 and "слова" in answer.content.decode()
    answer = sits_at(anna).post(
        "/knowledge/new/", {"title": "Т", "text": "слова", "audience": "internal", "language": "ru", "publish": "on"}
    )
    made = Article.objects.get()
    assert made.is_draft and answer["Location"] == f"/knowledge/{made.pk}/change/", "without a section it is kept"


def test_a_second_editor_reads_the_text_of_the_first_beside_their_own(
    sits_at: SitsAt, anna: User, boris: User, article: Article
) -> None:
    seen = typed(article, text="Анны")
    assert sits_at(boris).post(f"/knowledge/{article.pk}/change/", typed(article, text="Бориса")).status_code == 302
    answer = sits_at(anna).post(f"/knowledge/{article.pk}/change/", seen)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Бориса" in page and "Анны" in page
    article.refresh_from_db()
    assert article.text == "Бориса"
    again = {**seen, "seen": answer.context["form"]["seen"].value()}
    assert sits_at(anna).post(f"/knowledge/{article.pk}/change/", again).status_code == 302
    article.refresh_from_db()
    assert article.text == "Анны" and article.versions.count() == 3


def test_others_read_and_flag_and_do_not_change(
    sits_at: SitsAt, ilya: User, quality: User, article: Article, ticket: Ticket
) -> None:
    desk, place = sits_at(ilya), f"/knowledge/{article.pk}/"
    assert desk.get(place).status_code == 200 and desk.get(f"{place}history/").status_code == 200
    assert desk.get(f"{place}change/").status_code == 403
    assert desk.post(f"{place}withdraw/").status_code == 403
    assert desk.get("/knowledge/gaps/").status_code == desk.get("/knowledge/sections/").status_code == 403
    assert sits_at(quality).get(place).status_code == 200 and sits_at(quality).get("/knowledge/new/").status_code == 403
    assert desk.post(f"{place}flag/", {"text": " "}).status_code == 422
    assert desk.post(f"{place}flag/", {"text": "Уже десять", "ticket": ticket.number}).status_code == 302
    flag = Flag.objects.get()
    assert (flag.ticket, flag.by) == (ticket, ilya)
    assert desk.post(f"/knowledge/flags/{flag.pk}/", {"answer": "нет"}).status_code == 403
    assert desk.get("/knowledge/999/").status_code == 404


def test_its_owner_answers_and_keeps_it(sits_at: SitsAt, anna: User, ilya: User, article: Article) -> None:
    desk, place = sits_at(anna), f"/knowledge/{article.pk}/"
    flag = article.flag("Не так", by=ilya)
    day = desk.get("/my/").content.decode()
    assert article.title in day
    answer = desk.post(f"/knowledge/flags/{flag.pk}/", {"answer": " "})
    assert answer.status_code == 422 and "Напишите" in answer.content.decode()
    assert desk.post(f"/knowledge/flags/{flag.pk}/", {"answer": "Так"}).status_code == 302
    Article.objects.filter(pk=article.pk).update(review_on=today())
    assert desk.get("/knowledge/?show=review").context["rows"]
    assert desk.post(f"{place}review/").status_code == 302
    assert not desk.get("/knowledge/?show=review").context["rows"]
    assert desk.post(f"{place}give/", {"owner": ilya.pk}).status_code == 302
    article.refresh_from_db()
    assert article.owner == ilya
    assert desk.post(f"{place}withdraw/").status_code == 403, "it is not hers any more"


def test_who_writes_marks_what_is_mended(sits_at: SitsAt, anna: User, ilya: User, article: Article) -> None:
    desk, place = sits_at(anna), f"/knowledge/{article.pk}/change/"
    first, second = article.flag("Уже десять", by=ilya), article.flag("И дорого", by=ilya)
    assert "Уже десять" in desk.get(place).content.decode()
    answer = desk.post(place, typed(article, mends=[first.pk]))
    assert answer.status_code == 422 and "Слова не изменились" in answer.content.decode()
    assert desk.post(place, typed(article, text="Десять", mends=[first.pk])).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.mended and second.done_at is None


def test_history_shows_what_changed_and_sets_it_back(
    sits_at: SitsAt, anna: User, article: Article, section: Section
) -> None:
    article.write(title=article.title, text="Десять дней", by=anna, seen=article.edition, section=section)
    desk = sits_at(anna)
    page = desk.get(f"/knowledge/{article.pk}/history/").content.decode()
    assert "<del>**Восемь** дней</del>" in page and "<ins>Десять дней</ins>" in page
    address = f"/knowledge/{article.pk}/versions/1/restore/"
    desk.post(address, {"seen": 1})
    article.refresh_from_db()
    assert article.text == "Десять дней", "somebody changed it since that page was opened"
    desk.post(address, {"seen": article.edition})
    article.refresh_from_db()
    assert article.text == "**Восемь** дней" and article.versions.count() == 3
    inner: dict[str, Any] = {"title": article.title, "by": anna, "section": section, "audience": Audience.INTERNAL}
    article.write(**inner, text="Для своих", seen=article.edition)
    article.write(**{**inner, "audience": Audience.PUBLIC}, text="Для всех", seen=article.edition)
    page = desk.get(f"/knowledge/{article.pk}/history/?version=4").content.decode()
    assert "только коллеги" in page
    answer = desk.post(f"/knowledge/{article.pk}/versions/4/restore/", {"seen": article.edition}, follow=True)
    assert "видят её только коллеги" in answer.content.decode()


def test_a_lead_takes_words_out_of_what_it_said_before(
    sits_at: SitsAt, anna: User, boris: User, article: Article
) -> None:
    article.write(**typed(article, text="Десять дней", section=article.section), by=anna)
    place, told = f"/knowledge/{article.pk}/history/", {"words": "Восемь", "why": "person"}
    assert "erase/" not in sits_at(anna).get(place).content.decode()
    assert sits_at(anna).post(f"{place}erase/", told).status_code == 403, "its owner has written it"
    desk = sits_at(boris)
    assert "erase/" in desk.get(place).content.decode()
    answer = desk.post(f"{place}erase/", {**told, "words": "нет такого"})
    assert answer.status_code == 422 and "нет такого" in answer.content.decode()
    assert "Выберите" in desk.post(f"{place}erase/", {**told, "why": ""}).content.decode()
    assert "Удалено из 1 версии" in desk.post(f"{place}erase/", told, follow=True).content.decode()
    assert article.versions.get(number=1).text == "**…** дней"


def test_words_of_the_list_around_are_no_words_for_an_article(
    sits_at: SitsAt, anna: User, article: Article, writes: Write
) -> None:
    ticket = writes(subject="Перенос номеров")
    desk, place = sits_at(anna), f"/tickets/{ticket.number}/articles/?mode=reply&view=all&q=channel:telegram"

    opened = desk.get(place, headers={"HX-Request": "true"})
    assert "<dialog" in opened.content.decode() and opened.context["query"] == ""
    found = desk.get(f"{place}&words=номера", headers={"HX-Request": "true"})
    assert "<dialog" not in found.content.decode() and found.context["query"] == "номера"


def test_what_fits_is_offered_and_what_is_chosen_is_put_in_and_remembered(
    sits_at: SitsAt, anna: User, section: Section, article: Article, writes: Write
) -> None:
    ticket = writes(subject="Перенос номеров")
    inner = published("Перенос: для своих", anna, section, Audience.INTERNAL)
    desk, place = sits_at(anna), f"/tickets/{ticket.number}/articles/"
    assert {hit.id for hit, _shown in desk.get(place).context["hits"]} == {article.pk, inner.pk}

    def put(pk: int, **told: str) -> str:
        return str(desk.post(f"{place}{pk}/insert/", told, headers=FETCH).json()["text"])

    assert put(article.pk) == f"[Перенос номера](https://desk.test/kb/{article.pk}/)"
    assert put(article.pk, how="pasted") == "**Восемь** дней"
    assert put(inner.pk, how="linked") == "**Восемь** дней", "a client cannot open it"
    assert put(inner.pk, mode="note").endswith(f"(https://desk.test/knowledge/{inner.pk}/)")
    assert not ArticleUse.objects.exclude(how=How.CHOSEN).exists(), "nothing has left yet"
    ticket.reply(f"Добрый день! {put(article.pk)}", by=anna, then=Resolve())
    ticket.note(f"{put(inner.pk, mode='note')}\n\nСм. {put(article.pk, how='pasted')}", by=anna)
    used = ArticleUse.objects.exclude(how=How.CHOSEN).values_list("article", "how")
    assert sorted(used) == sorted(
        [(article.pk, "linked"), (article.pk, "pasted"), (inner.pk, "linked"), (inner.pk, "pasted")]
    )
    desk.get(f"/knowledge/{article.pk}/?ticket={ticket.number}")
    assert ArticleUse.objects.filter(how=How.LOOKED).count() == 1
    told = desk.get(place).context["used"]
    assert len(told) == 5 and (told[0].article, told[0].how) == (article, How.LOOKED), "what was done last comes first"


def test_what_is_found_for_an_answer_is_published_however_many_drafts_hold_the_words(
    sits_at: SitsAt, anna: User, article: Article, ticket: Ticket
) -> None:
    for number in range(15):
        Article.objects.begin(title=f"Номер, перенос номера {number}", text="перенос номера", by=anna)
    desk, place = sits_at(anna), f"/tickets/{ticket.number}/articles/"
    for words in ("перенос", "gthtyjc"):
        assert [hit.id for hit, _shown in desk.get(f"{place}?words={words}").context["hits"]] == [article.pk], words
    desk.post(f"{place}sought/", {"q": "перенос"})
    assert Sought.objects.get().empty == 0, "it is no gap"


def test_a_draft_for_clients_is_still_for_colleagues_alone(sits_at: SitsAt, anna: User, section: Section) -> None:
    Article.objects.begin(title="Перенос номера", text="x", by=anna, section=section, audience=Audience.PUBLIC)
    for address in ("/knowledge/?q=перенос", "/search/?q=перенос"):
        page = sits_at(anna).get(address).content.decode()
        assert "Перенос" in page and "и клиенты" not in page, address


def test_without_scripts_it_goes_below_the_draft(sits_at: SitsAt, anna: User, article: Article, ticket: Ticket) -> None:
    answer = sits_at(anna).post(f"/tickets/{ticket.number}/articles/{article.pk}/insert/", {"mode": "reply"})
    assert answer.status_code == 302
    assert "Перенос номера" in sits_at(anna).get(answer["Location"]).content.decode()


def test_drafts_withdrawn_ones_and_other_lines_are_no_answers(
    sits_at: SitsAt, anna: User, vera: User, article: Article, ticket: Ticket
) -> None:
    place = f"/tickets/{ticket.number}/articles/"
    draft = Article.objects.begin(title="Перенос", text="x", by=anna)
    assert sits_at(anna).post(f"{place}{draft.pk}/insert/").status_code == 404
    assert sits_at(vera).get(place).status_code == 404
    sits_at(vera).get(f"/knowledge/{article.pk}/?ticket={ticket.number}")
    assert not ArticleUse.objects.exists()


def test_a_window_closed_in_vain_leaves_what_was_sought(
    sits_at: SitsAt, anna: User, ticket: Ticket, boris: User
) -> None:
    for _ in range(3):
        sits_at(anna).post(f"/tickets/{ticket.number}/articles/sought/", {"q": "факс через АТС"})
    page = sits_at(boris).get("/knowledge/gaps/").content.decode()
    assert "факс через атс" in page and "/knowledge/new/?title=" in page


def test_an_article_of_a_solved_request_begins_with_our_words(sits_at: SitsAt, anna: User, ticket: Ticket) -> None:
    ticket.reply("Здравствуйте, Павел!\nПерезагрузите телефон.", by=anna, then=Resolve())
    page = sits_at(anna).get(f"/knowledge/new/?ticket={ticket.number}").content.decode()
    assert "Перезагрузите телефон." in page and "Павел!" not in page and "Не работает звонок" not in page
    told = {"title": "Т", "text": "т", "audience": "internal", "language": "ru", "ticket": ticket.number}
    sits_at(anna).post("/knowledge/new/", told)
    assert ArticleUse.objects.get().how == How.MADE


def test_sections_are_kept_by_leads_and_an_empty_one_alone_goes(sits_at: SitsAt, boris: User, article: Article) -> None:
    desk = sits_at(boris)
    assert desk.post("/knowledge/sections/", {"name": "Оплата", "place": 1}).status_code == 302
    assert desk.post("/knowledge/sections/", {"name": "", "place": 1}).status_code == 422
    new = Section.objects.get(name="Оплата")
    desk.post(f"/knowledge/sections/{new.pk}/", {"name": "Деньги", "place": 2})
    desk.post(f"/knowledge/sections/{article.section_id}/remove/")
    desk.post(f"/knowledge/sections/{new.pk}/remove/")
    assert list(Section.objects.values_list("name", flat=True)) == ["Номера"]


def test_a_translation_belongs_to_its_original(sits_at: SitsAt, anna: User, article: Article) -> None:
    desk = sits_at(anna)
    page = desk.get(f"/knowledge/new/?of={article.pk}&language=en").content.decode()
    assert article.title in page
    told = {"title": "Number", "text": "Eight", "section": article.section_id, "audience": "public", "of": article.pk}
    assert desk.post("/knowledge/new/", {**told, "language": "ru"}).status_code == 422
    assert desk.post("/knowledge/new/", {**told, "language": "en"}).status_code == 302
    english = Article.objects.get(language="en")
    assert english.original == article
    english.withdraw(by=anna)
    page = desk.get(f"/knowledge/{article.pk}/").content.decode()
    assert f"/knowledge/{english.pk}/" in page and "language=en" not in page, "it is there: it can be published again"
