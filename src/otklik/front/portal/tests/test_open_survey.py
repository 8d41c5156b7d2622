"""Surveys that anybody may answer: not without end from one place, and framed by no site but those named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.care.surveys.models import Answer, Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import Brand, Organisation
from otklik.core.staff.policies import Limit
from otklik.front.portal import open_page

pytestmark = pytest.mark.django_db
SHOP = "https://shop.example"


@pytest.fixture
def survey(organisation: Organisation) -> Survey:
    made = Survey.objects.create(name="На сайте", occasion=Survey.Occasion.LINK, sites=[SHOP])
    made.draft().questions.create(kind=Kind.CSAT5, words_ru="Как мы вас обслужили?")
    made.begin()
    return made


@pytest.fixture(autouse=True)
def one_slot() -> Iterator[None]:
    """No test crosses the end of ten minutes."""
    with clock.at(datetime(2026, 10, 5, 12, 1, tzinfo=UTC)):
        yield


def answer(client: Client, survey: Survey, mark: int = 5, path: str = "", **more: Any) -> int:
    return client.post(f"/ask/{survey.link}/{path}", {"score": str(mark), "comment": "слова"}, **more).status_code


def test_too_many_from_one_place_are_refused_counted_and_lose_nothing(
    client: Client, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_page, "FROM_ONE", Limit(free=3, first=60, longest=600, forget=180))
    assert [answer(client, survey) for _each in range(3)] == [302] * 3

    refused = client.post(f"/ask/{survey.link}/", {"score": "2", "comment": "Ждал час"})
    page = refused.content.decode()

    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert "Слишком много ответов" in page and "Ждал час" in page and 'value="2" required checked' in page
    survey.refresh_from_db()
    assert (survey.refused, Invitation.objects.count()) == (1, 3)
    assert answer(client, survey, REMOTE_ADDR="198.51.100.7") == 302, "another network is another visitor"


def test_a_counter_whose_clients_take_turns_all_day_is_never_refused(client: Client, survey: Survey) -> None:
    morning = clock.now()
    for turn in range(70):
        with clock.at(morning + timedelta(seconds=20 * turn)):
            assert answer(client, survey) == 302


def test_a_link_that_everybody_fills_rests_whatever_their_address(
    client: Client, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_page, "OF_LINK", Limit(free=2, first=60, longest=600, forget=180))
    told = [answer(client, survey, REMOTE_ADDR=f"198.51.{number}.7") for number in range(3)]

    assert told == [302, 302, 429]


def test_an_incomplete_form_costs_nobody_their_turn(client: Client, survey: Survey, monkeypatch) -> None:
    monkeypatch.setattr(open_page, "FROM_ONE", Limit(free=1, first=60, longest=600, forget=180))
    assert [client.post(f"/ask/{survey.link}/", {}).status_code for _each in range(3)] == [422] * 3
    assert answer(client, survey) == 302


def test_an_answer_on_a_site_is_of_nobody_and_counted_apart(client: Client, survey: Survey) -> None:
    assert answer(Client(enforce_csrf_checks=True), survey, 4, "frame/") == 200

    invitation = Invitation.objects.get()
    assert (invitation.source, invitation.contact, invitation.ticket) == ("site", None, None)
    assert Answer.objects.get().value == 4


def test_the_window_names_who_may_frame_it_and_other_pages_may_not_be_framed(client: Client, survey: Survey) -> None:
    window, page = client.get(f"/ask/{survey.link}/frame/"), client.get(f"/ask/{survey.link}/")

    ancestors = f"frame-ancestors 'self' {SHOP}"
    assert ancestors in window.headers["Content-Security-Policy"] and "X-Frame-Options" not in window.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    refused = client.post(f"/ask/{survey.link}/frame/", {"score": "0"})
    assert refused.status_code == 422 and ancestors in refused.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in window.headers


def test_another_site_cannot_send_the_form_from_its_own_page(client: Client, survey: Survey) -> None:
    assert answer(client, survey, 1, "frame/", headers={"Origin": "https://evil.test"}) == 403
    assert answer(client, survey, 1, "frame/", headers={"Origin": SHOP}) == 403, "only our own window sends it"
    assert answer(client, survey, 5, "frame/", headers={"Origin": "http://testserver"}) == 200
    assert Invitation.objects.count() == 1


def test_the_script_is_ours_and_only_where_a_site_is_named(client: Client, survey: Survey) -> None:
    script = client.get(f"/ask/{survey.link}/embed.js")
    assert script.status_code == 200 and script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.post(f"/ask/{survey.link}/embed.js").status_code == 405

    Survey.objects.update(sites=[])
    assert client.get(f"/ask/{survey.link}/embed.js").status_code == 404
    assert client.get(f"/ask/{survey.link}/frame/").status_code == 404
    survey.end()
    assert client.get(f"/ask/{survey.link}/").status_code == 404


def test_the_page_wears_the_colours_of_the_surveys_brand(client: Client, survey: Survey) -> None:
    survey.brand = Brand.objects.create(name="Магазин у моста", colour="#8a2be2")
    survey.save(update_fields=["brand"])
    page = client.get(f"/ask/{survey.link}/frame/").content.decode()

    assert "Магазин у моста" in page and "/colours/8a2be2.css" in page


def test_whoever_has_answered_is_thanked_and_may_think_again(client: Client, survey: Survey) -> None:
    done = client.post(f"/ask/{survey.link}/", {"score": "2", "comment": "Ждал час"}, follow=True)
    page = done.content.decode()
    assert "Спасибо!" in page and 'name="score"' not in page, "a form once more looks as if nothing had been kept"
    assert "тех, кто руководит службой" in page, "nobody answered them"
    again = page.partition('href="/survey/')[2].partition('"')[0]
    assert 'value="2" required checked' in client.get(f"/survey/{again}").content.decode()


def test_a_question_that_an_answer_brings_up_is_asked_with_the_thanks(
    client: Client, organisation: Organisation
) -> None:
    made = Survey.objects.create(name="У стойки", occasion=Survey.Occasion.LINK)
    first = made.draft().questions.create(kind=Kind.CSAT6)
    why = made.draft().questions.create(
        kind=Kind.CHOICE, words_ru="Что не так?", choices=[["Долго", ""], ["Дорого", ""]], follows=first, bound=2
    )
    made.begin()
    answered = client.post(f"/ask/{made.link}/", {"score": "1"}, follow=True)
    page = answered.content.decode()
    assert "Оценка сохранена, спасибо." in page and "Что не так?" in page
    home = answered.redirect_chain[-1][0].partition("?")[0]
    told = client.post(home, {"score": "1", f"q{why.pk}": "0"}).content.decode()
    assert "Спасибо!" in told and list(Answer.objects.order_by("value").values_list("value", flat=True)) == [0, 1]


def test_a_window_on_a_site_asks_what_an_answer_brings_up(client: Client, organisation: Organisation) -> None:
    made = Survey.objects.create(name="На сайте", occasion=Survey.Occasion.LINK, sites=[SHOP])
    first = made.draft().questions.create(kind=Kind.CSAT6)
    told = {"kind": Kind.CHOICE, "words_ru": "Что не так?", "choices": [["Долго", ""], ["Дорого", ""]]}
    why = made.draft().questions.create(**told, follows=first, bound=2)
    made.begin()
    window = f"/ask/{made.link}/frame/"
    answered = client.post(window, {"score": "1"})
    page = answered.content.decode()
    assert "Оценка сохранена, спасибо." in page and "Что не так?" in page and f'action="{window}"' in page
    assert f"frame-ancestors 'self' {SHOP}" in answered.headers["Content-Security-Policy"]
    form = {"score": "1", "answered": page.partition('name="answered" value="')[2].partition('"')[0]}

    missing = client.post(window, form)
    assert missing.status_code == 422 and "Что не так?" in missing.content.decode()
    assert f"frame-ancestors 'self' {SHOP}" in missing.headers["Content-Security-Policy"]
    thanks = client.post(window, form | {f"q{why.pk}": "0"})

    assert "Спасибо!" in thanks.content.decode() and "/survey/" not in thanks.content.decode()
    assert f"frame-ancestors 'self' {SHOP}" in thanks.headers["Content-Security-Policy"]
    assert Invitation.objects.count() == 1, "the rest belongs to the same answer"
    assert list(Answer.objects.order_by("value").values_list("value", flat=True)) == [0, 1]
    assert "Спасибо!" in client.post(window, {"score": "5"}).content.decode(), "nothing follows from a high mark"


def test_a_window_goes_on_with_no_answer_but_its_own(client: Client, survey: Survey) -> None:
    other = Survey.objects.create(name="Другой", occasion=Survey.Occasion.LINK, sites=[SHOP])
    other.draft().questions.create(kind=Kind.CSAT5)
    version = other.begin()
    secret = Invitation.objects.of_guest(other, version, {}, {}, "", Invitation.Source.SITE)

    for foreign in (secret, "nobody's", "x" * 5000):
        assert client.post(f"/ask/{survey.link}/frame/", {"score": "2", "answered": foreign}).status_code == 200
    assert not Answer.objects.filter(invitation__survey=other).exists()
    assert Invitation.objects.filter(survey=survey).count() == 3


def test_the_ends_of_a_scale_are_told_with_their_numbers(client: Client, organisation: Organisation) -> None:
    """Ten points take two rows, and what is written at the right end is not below the ten."""
    made = Survey.objects.create(name="У стойки", occasion=Survey.Occasion.LINK)
    made.draft().questions.create(kind=Kind.AREA10, words_ru="Связь")
    made.begin()
    page = client.get(f"/ask/{made.link}/").content.decode()
    assert "1: очень плохо" in page and "10: отлично" in page
    assert '1<span class="sr">, очень плохо</span>' in page and '10<span class="sr">, отлично</span>' in page
