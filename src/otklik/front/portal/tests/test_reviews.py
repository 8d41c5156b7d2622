"""Public pages of people: what stands on them, who decides about it, and that nothing is shown by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from otklik.care.surveys.models import Invitation, PublicPage, PublicPages, Review, Score, Survey
from otklik.care.surveys.rating import rating_of, ratings_of
from otklik.care.surveys.reviews import allow
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Paper, Write, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/people/anna/"
HOSTILE = "<script>alert(1)</script> {{ 7|add:7 }}"


def rate(client: Client, home: str, **told: str) -> Any:
    """On the page of a request, in answer to the question that stands there."""
    asked = client.get(home).content.decode().partition('name="question" value="')[2].partition('"')[0]
    return client.post(f"{home}score/", {"question": asked, **told})


@pytest.fixture
def page(anna: User) -> PublicPage:
    PublicPages.objects.create(pk=1, is_on=True)
    anna.portrait = "p1"
    anna.save()
    return PublicPage.objects.create(user=anna, slug="anna", shown_name="Анна", bio="Отвечаю с 2021 года", is_on=True)


@pytest.fixture
def link(ticket: Ticket, anna: User, paper: Paper, settings: Any) -> str:
    settings.SURVEY_DELAY_SECONDS = 0
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    return "/survey/" + bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0] + "/"


@pytest.fixture
def review(client: Client, link: str, page: PublicPage) -> Review:
    client.post(link, {"score": "5", "comment": "Спасибо Анне", "may_show": "1", "may_name": "1"})
    return Review.objects.get()


def letter(paper: Paper) -> str:
    return bytes(paper.sent[-1].raw).decode()


def shown(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def usual() -> Survey:
    found = Survey.objects.after_answer()
    assert found
    return found


def scores(write: Write, agent: User, *values: int) -> None:
    for place, value in enumerate(values):
        ticket = write(sender=f"c{place}-{agent.login}@else.test")
        told = {"ticket": ticket, "team": ticket.team, "agent": agent}
        asked = Invitation.objects.create(
            survey=usual(), contact=ticket.contact, send_at=clock.now(), sent_at=clock.now(), **told
        )
        Score.objects.create(invitation=asked, value=value, **told)


# -- switched off ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("off", ["company", "person", "lead", "left"])
def test_what_anybody_switched_off_is_as_if_it_never_was(client: Client, page: PublicPage, off: str) -> None:
    missing = client.get("/people/nobody/")
    assert client.get(PAGE).status_code == 200
    if off == "company":
        PublicPages.objects.update(is_on=False)
    PublicPage.objects.update(is_on=off != "person", is_blocked=off == "lead")
    User.objects.filter(pk=page.user_id).update(is_active=off != "left")
    answer = client.get(PAGE)
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert "Анна" not in answer.content.decode()


def test_by_itself_nobody_has_a_page(client: Client, anna: User, link: str) -> None:
    assert not PublicPages.are_on() and client.get(PAGE).status_code == 404
    assert "may_show" not in client.get(link).content.decode()
    client.post(link, {"score": "5", "comment": "Спасибо", "may_show": "1"})
    assert not Review.objects.exists(), "there is no page on which it would stand"


# -- what stands there -----------------------------------------------------------------------------------------------


def test_the_page_tells_nothing_that_was_not_chosen(client: Client, page: PublicPage, anna: User) -> None:
    answer = client.get(PAGE)
    told = answer.content.decode()
    assert "Отвечаю с 2021 года" in told and "Белова" not in told
    assert (anna.email or "anna@") not in told and anna.login + "@" not in told and "people/p1" not in told
    assert answer["X-Robots-Tag"].startswith("noindex") and "no-store" in answer["Cache-Control"]
    PublicPage.objects.update(has_portrait=True)
    assert "p1" in client.get(PAGE).content.decode()


def test_a_rating_is_hidden_below_ten_and_drawn_to_the_team(
    client: Client, page: PublicPage, writes: Write, anna: User, ilya: User
) -> None:
    """METRICS P9: 12 ratings with a mean of 5.0, team 4.6: 4.75."""
    scores(writes, anna, *[5] * 9)
    assert rating_of(anna).value is None and "пока мало оценок" in shown(client).lower()
    Score.objects.all().delete()
    scores(writes, anna, *[5] * 12)
    scores(writes, ilya, *[4] * 8)
    told = rating_of(anna)
    assert told.n == 12 and told.value == pytest.approx(4.75)
    assert "4,75" in shown(client) and "12 обращений" in shown(client)
    Score.objects.update(at=clock.now() - timedelta(days=366))
    assert rating_of(anna).n == 0, "older than a year"


def test_one_request_is_one_rating(writes: Write, anna: User, page: PublicPage) -> None:
    scores(writes, anna, *[5] * 10)
    first = Score.objects.earliest("id")
    told = {"ticket": first.ticket, "team": first.team, "agent": anna}
    asked = Invitation.objects.create(
        survey=usual(), contact=first.ticket.contact, send_at=clock.now(), sent_at=clock.now(), **told
    )
    Score.objects.create(invitation=asked, value=1, **told)
    found = rating_of(anna)
    assert found.n == 10 and found.value is not None and found.value < 5


# -- reviews ---------------------------------------------------------------------------------------------------------


def test_words_are_shown_with_consent_and_after_a_lead(client: Client, review: Review, boris: User) -> None:
    assert "Спасибо Анне" not in shown(client)
    lead = signed_in(boris)
    assert "Спасибо Анне" in shown(lead, "/my-page/reviews/")
    assert lead.post(f"/my-page/reviews/{review.pk}/decide/", {"state": "shown"}).status_code == 302
    page = shown(client)
    assert "Спасибо Анне" in page and "<b>Павел</b>" in page
    lead.post(f"/my-page/reviews/{review.pk}/decide/", {"state": "hidden"})
    assert "Спасибо Анне" not in shown(client)


@pytest.mark.parametrize("told", [{}, {"may_name": "1"}])
def test_without_the_tick_nothing_is_kept_beside_the_score(
    client: Client, link: str, page: PublicPage, told: dict[str, str]
) -> None:
    client.post(link, {"score": "5", "comment": "Спасибо", **told})
    assert Score.objects.get().comment == "Спасибо" and not Review.objects.exists()


def test_a_tick_that_is_taken_away_takes_the_review_away(client: Client, link: str, review: Review) -> None:
    review.moderate("shown", by=User.objects.create_user("lead", role="lead"))
    assert 'name="may_show" value="1" checked' in client.get(link).content.decode()
    client.post(link, {"score": "5", "comment": "Спасибо Анне"})
    assert not Review.objects.exists() and "Спасибо Анне" not in shown(client)


def test_other_words_are_looked_at_anew_and_a_name_is_only_shown_if_allowed(
    client: Client, link: str, review: Review, boris: User
) -> None:
    review.moderate("shown", by=boris)
    client.post(link, {"score": "5", "comment": "Спасибо Анне", "may_show": "1", "may_name": "1"})
    assert Review.objects.get().state == "shown", "the same words"
    client.post(link, {"score": "5", "comment": "А теперь иначе", "may_show": "1"})
    changed = Review.objects.get()
    assert (changed.state, changed.signed_as) == ("waiting", "")
    changed.moderate("shown", by=boris)
    assert "Павел" not in shown(client) and "Клиент" in shown(client)


def test_hostile_words_are_words(client: Client, link: str, page: PublicPage, boris: User, anna: User) -> None:
    PublicPage.objects.update(bio=HOSTILE, shown_name=HOSTILE[:40])
    client.post(link, {"score": "1", "comment": HOSTILE, "may_show": "1"})
    found = Review.objects.get()
    found.moderate("shown", by=boris)
    found.answer(HOSTILE, by=anna)
    for browser, address in ((client, PAGE), (signed_in(anna), "/my-page/"), (signed_in(boris), "/my-page/reviews/")):
        page_told = shown(browser, address)
        assert "<script>alert" not in page_told and "&lt;script&gt;alert" in page_told and "{{ 7|add:7 }}" in page_told


def test_the_client_rates_on_their_own_page_too(client: Client, ticket: Ticket, anna: User, page: PublicPage) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    address = f"/request/{sign(ticket)}/"
    told = client.get(address).content.decode()
    assert 'name="may_show"' in told and f'href="{PAGE}"' in told
    rate(client, address, score="4", comment="Хорошо", may_show="1")
    assert Review.objects.get().text == "Хорошо"
    PublicPages.objects.update(is_on=False)
    assert PAGE not in client.get(address).content.decode()


def test_letters_lead_to_the_page_while_there_is_one(
    ticket: Ticket, anna: User, page: PublicPage, paper: Paper
) -> None:
    ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    outbox.send_due()
    assert "О том, кто вам отвечает: " in letter(paper) and PAGE in letter(paper)
    PublicPages.objects.update(is_on=False)
    recent.forget()
    ticket.reply("Смотрим ещё", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    outbox.send_due()
    assert PAGE not in letter(paper)


# -- the person, the lead, the company -------------------------------------------------------------------------------


def test_the_person_answers_once(client: Client, review: Review, anna: User, boris: User, ilya: User) -> None:
    own, address = signed_in(anna), f"/my-page/reviews/{review.pk}/answer/"
    assert own.post(address, {"reply": "Рада помочь"}).status_code == 422, "not shown yet"
    review.moderate("shown", by=boris)
    assert signed_in(ilya).post(address, {"reply": "x"}).status_code == 404
    empty = own.post(address, {"reply": " "})
    assert empty.status_code == 422 and "Сначала напишите" in empty.content.decode()
    long = own.post(address, {"reply": "а" * 1001})
    assert long.status_code == 422 and "а" * 1001 in long.content.decode(), "nothing typed is lost"
    assert own.post(address, {"reply": "Рада помочь"}).status_code == 302
    assert "Рада помочь" in shown(client)
    assert own.post(address, {"reply": "Ещё"}).status_code == 422
    assert Review.objects.get().reply == "Рада помочь"


def test_ACCESS_1_who_decides_about_a_review(
    review: Review, anna: User, vera: User, boris: User, line_two: Team
) -> None:
    address = f"/my-page/reviews/{review.pk}/decide/"
    for user in (anna, vera):
        assert signed_in(user).post(address, {"state": "shown"}).status_code == 403
        assert signed_in(user).get("/my-page/reviews/").status_code == 403
    elsewhere = User.objects.create_user("gena", name="Гена", role="lead")
    elsewhere.teams.set([line_two])
    assert signed_in(elsewhere).post(address, {"state": "shown"}).status_code == 404
    assert "Спасибо Анне" not in signed_in(elsewhere).get("/my-page/reviews/").content.decode()
    Review.objects.update(agent=boris)
    assert signed_in(boris).post(address, {"state": "shown"}).status_code == 404, "not about oneself"
    with pytest.raises(ValidationError):
        Review.objects.get().moderate("shown", by=boris)
    assert Review.objects.get().state == "waiting"
    assert Client().get("/my-page/").status_code == 302


def test_the_person_writes_their_page_and_a_lead_switches_it_off(
    client: Client, anna: User, boris: User, head: User, vera: User
) -> None:
    own = signed_in(anna)
    told = {"is_on": "on", "shown_name": "Анна Б.", "slug": "anna-b", "bio": "Привет"}
    assert own.post("/my-page/", told | {"slug": "Анна!"}).status_code == 422
    assert own.post("/my-page/", told).status_code == 302
    assert client.get("/people/anna-b/").status_code == 404, "the company has not switched them on"
    assert "не включила" in shown(own, "/my-page/")
    assert signed_in(boris).post("/my-page/switch/", {"on": "yes"}).status_code == 403
    assert signed_in(head).post("/my-page/switch/", {"on": "yes"}).status_code == 302
    assert "Анна Б." in shown(client, "/people/anna-b/")

    taken = signed_in(vera).post("/my-page/", told)
    assert taken.status_code == 422 and PublicPage.objects.count() == 1
    assert signed_in(boris).post(f"/my-page/people/{anna.pk}/block/").status_code == 302
    assert client.get("/people/anna-b/").status_code == 404
    own.post("/my-page/", told)
    assert client.get("/people/anna-b/").status_code == 404, "the person does not undo what a lead did"
    signed_in(boris).post(f"/my-page/people/{anna.pk}/block/", {"again": "1"})
    assert client.get("/people/anna-b/").status_code == 200
    assert signed_in(vera).post(f"/my-page/people/{anna.pk}/block/").status_code == 403


def test_reviews_come_in_pages_and_cost_the_same(
    client: Client, page: PublicPage, writes: Write, anna: User, boris: User, django_assert_max_num_queries: Any
) -> None:
    scores(writes, anna, *[5] * 23)
    for place, score in enumerate(Score.objects.order_by("id")):
        score.comment = f"Отзыв {place:02}"
        score.save()
        found = allow(score, shown=True, signed=False)
        assert found
        found.moderate("shown", by=boris)
    with django_assert_max_num_queries(12):
        first = shown(client)
    assert first.count("Отзыв") == 20 + first.count("Отзывы") and "Отзыв 22" in first
    address = first.split('href="?before=')[1].split('"')[0]
    second = shown(client, f"{PAGE}?before={address}")
    assert "Отзыв 02" in second and "Отзыв 03" not in second and "?before=" not in second


def test_who_looks_too_often_waits(client: Client, page: PublicPage) -> None:
    answers = [client.get("/people/nobody/").status_code for _ in range(62)]
    assert answers[0] == 404 and answers[-1] == 429
    later = client.get(PAGE)
    assert later.status_code == 429 and int(later["Retry-After"]) > 0


def test_each_scale_is_a_rating_of_its_own(client: Client, writes: Write, anna: User, page: PublicPage) -> None:
    """Marks from 0 to 5 are no stars of five faces: 0 counts, and the two are never one mean (METRICS S1, P9)."""
    scores(writes, anna, *[5] * 10)
    usual().end()
    survey = Survey.objects.create(name="От нуля", occasion=Survey.Occasion.RESOLVED)
    first = survey.draft().questions.create(kind="csat0_5")
    version = survey.begin()
    for place in range(12):
        ticket = writes(sender=f"zero{place}@else.test")
        about = {"survey": survey, "version": version, "contact": ticket.contact, "ticket": ticket, "team": ticket.team}
        asked = Invitation.objects.create(**about, agent=anna, send_at=clock.now(), sent_at=clock.now())
        asked.fill({first.pk: 0 if place < 6 else 5})

    zero, five = ratings_of(anna)
    assert (zero.n, zero.value, zero.begins) == (12, 2.5, 0) and (five.n, five.value, five.begins) == (10, 5.0, 1)
    told = shown(client)
    assert "из 5, от 0" in told and "2,50" in told and "5,00" in told


def test_a_survey_that_asks_for_words_itself_offers_no_tick_that_would_do_nothing(
    client: Client, ticket: Ticket, anna: User, page: PublicPage, paper: Paper, settings: Any
) -> None:
    """There are no words beside its mark; those that they gave on the page of the request stay."""
    settings.SURVEY_DELAY_SECONDS = 0
    usual = Survey.objects.after_answer()
    assert usual is not None
    usual.draft().questions.create(kind="text", words_ru="Что исправить?", words_en="What to mend?", position=1)
    usual.begin()
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    link = "/survey/" + bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0] + "/"
    asks = client.get(link).content.decode()
    assert "Что исправить?" in asks and 'name="may_show"' not in asks
    rate(client, f"/request/{sign(ticket)}/", score="4", comment="Хорошо", may_show="1")
    client.post(link, {"score": "4"})
    assert Review.objects.get().text == "Хорошо"
