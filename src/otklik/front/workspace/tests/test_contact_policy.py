"""The contact policy on the card and beside the answer: edited in place, said in words, never a bar for a person."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Consent, Contact, Contacted, QuietPeriod
from otklik.desk.clients.purposes import Agreed, Purpose
from otklik.desk.tickets.steps import Wait
from otklik.front.workspace.may_write import said_now

pytestmark = pytest.mark.django_db


def rows(contact: Contact, name: str) -> str:
    return reverse("workspace:contact_rows", args=[contact.pk, name])


def fact(contact: Contact, name: str) -> str:
    return reverse("workspace:fact", args=[contact.pk, name])


def test_a_quiet_period_is_written_down_changed_and_removed(annas: Browser, ticket: Any, pavel: Contact) -> None:
    form = {"edit": "new", "reason": "закрытие месяца", "holds": "notices", "month_from": 25, "month_until": 31}
    assert annas.post(rows(pavel, "quiet"), form).status_code == 302
    one = QuietPeriod.objects.get()
    assert "25–31 числа" in annas.get(reverse("workspace:contact", args=[pavel.pk])).content.decode()

    hours = {"hours_from": "13:00", "hours_until": "14:00", "weekdays": ["1", "5"], "holds": "calls"}
    annas.post(rows(pavel, "quiet"), {"edit": one.pk, "reason": "обед", **hours})
    one.refresh_from_db()
    assert (one.hours_from, one.weekdays, one.month_from) == (time(13), [1, 5], None)

    annas.post(rows(pavel, "quiet"), {"end": one.pk})
    page = annas.get(reverse("workspace:contact", args=[pavel.pk])).content.decode()
    assert not QuietPeriod.objects.exists() and "Времени тишины больше нет" in page


@pytest.mark.parametrize(
    "wrong",
    [{}, {"month_from": 25}, {"month_from": 25, "month_until": 32}, {"hours_from": "9:00", "hours_until": "9:00"}],
)
def test_a_period_without_a_time_is_refused_in_place(
    annas: Browser, ticket: Any, pavel: Contact, wrong: dict[str, Any]
) -> None:
    answer = annas.post(rows(pavel, "quiet"), {"edit": "new", "holds": "all", "reason": "обед", **wrong})

    assert answer.status_code == 422 and 'value="обед"' in answer.content.decode()
    assert not QuietPeriod.objects.exists()


def test_the_latest_word_stands_and_earlier_ones_stay(annas: Browser, ticket: Any, pavel: Contact) -> None:
    said = {"purpose": "marketing", "version": "2026-09", "source": "форма на сайте"}
    annas.post(rows(pavel, "consents"), {"edit": "new", "given": "on", **said})
    first = Consent.objects.get()
    annas.post(rows(pavel, "consents"), {"end": first.pk})

    assert list(Consent.objects.order_by("id").values_list("given", flat=True)) == [True, False]
    assert Consent.objects.latest_of(pavel).get().given is False


def test_a_consent_names_its_text_and_keeps_its_words(annas: Browser, ticket: Any, pavel: Contact) -> None:
    said = {"purpose": "marketing", "given": "on", "source": "форма на сайте", "text": "Согласен получать новости."}

    answer = annas.post(rows(pavel, "consents"), {"edit": "new", **said})
    assert answer.status_code == 422 and "с какой версией текста" in answer.content.decode()

    annas.post(rows(pavel, "consents"), {"edit": "new", **said, "version": "2026-09"})
    assert (Consent.objects.get().version, Consent.objects.get().text) == ("2026-09", "Согласен получать новости.")


@pytest.mark.parametrize(("said", "kept"), [("10-18", "10:00-18:00"), ("9:30 – 17", "09:30-17:00"), ("", "")])
def test_hours_are_kept_in_one_form(annas: Browser, ticket: Any, pavel: Contact, said: str, kept: str) -> None:
    annas.post(fact(pavel, "reach_hours"), {"value": said}, headers={"HX-Request": "true"})

    pavel.refresh_from_db()
    assert pavel.reach_hours == kept


@pytest.mark.parametrize("said", ["весь день", "25-26", "10-10", "18"])
def test_hours_that_are_none_are_refused(annas: Browser, ticket: Any, pavel: Contact, said: str) -> None:
    assert annas.post(fact(pavel, "reach_hours"), {"value": said}, headers={"HX-Request": "true"}).status_code == 422
    pavel.refresh_from_db()
    assert pavel.reach_hours == ""


def test_the_composer_warns_and_lets_a_person_write(annas: Browser, ticket: Any, pavel: Contact, anna: User) -> None:
    until = clock.today() + timedelta(days=2)
    QuietPeriod(client=pavel.client, ends_on=until, reason="закрытие квартала").put(by=anna)

    page = annas.get(reverse("workspace:ticket", args=[ticket.pk])).content.decode()
    ticket.reply("Смотрим", by=anna, then=Wait(clock.now() + timedelta(days=1)))

    assert "тишина до" in page and "закрытие квартала" in page
    assert Outbound.objects.get(kind="reply").not_before <= clock.now()


def test_the_decision_is_said_in_one_line(pavel: Contact, anna: User) -> None:
    now = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Europe/Moscow"))
    pavel.change("reach_by", "email", by=anna)
    Contacted.objects.note(pavel, Purpose.SURVEY, now - timedelta(days=16))
    Consent.objects.say(pavel, Agreed.SERVICE, given=False, source="письмо", by=anna)

    first, notices, surveys = said_now(pavel, now)

    assert first == "Человеку писать можно, удобнее письмом."
    assert notices.startswith("Уведомления и напоминания нельзя")
    assert surveys.startswith("Опросы не раньше 12 декабря") and "12\N{NO-BREAK SPACE}ноя" in surveys
