"""A change is written down, judged in words on its day and decided; what happened is marked on the charts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.indicators.period import midnight
from otklik.team.indicators.tests.conftest import Read, read
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Annotation, Improvement
from tests.fixtures.browser import NARROW

__all__ = ["read"]
pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_change_is_written_down_and_says_when_it_is_judged(at_desk: Desk, head: User) -> None:
    page = at_desk(head, viewport=NARROW)
    page.goto("/board/improvements/")
    page.get_by_role("link", name="Записать").press("Enter")
    page.get_by_role("button", name="Записать").press("Enter")
    expect(page.locator(".err").first).to_be_visible()
    page.get_by_label("Что меняется").fill("Шаблоны ответов")
    page.get_by_label("Чего ждём и почему").fill("Ответ станет быстрее")
    page.get_by_label("Начинается").fill(clock.today().isoformat())
    page.locator("[name=metric]").select_option("frt")
    page.get_by_label("Наименьшее важное изменение").fill("5")
    page.get_by_role("button", name="Записать").press("Enter")
    expect(page.locator("h1")).to_have_text("Шаблоны ответов")
    expect(page.locator("main")).to_contain_text("Вердикт будет")
    expect(page.get_by_role("button", name="Решить")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"


@pytest.mark.parametrize(("of", "says"), [(100, "Стало лучше"), (2, "Мало данных")])
def test_the_verdict_is_in_words_and_decided_once(at_desk: Desk, head: User, read: Read, of: int, says: str) -> None:
    began = clock.house_today() - timedelta(weeks=4)
    with clock.at(midnight(began) - timedelta(days=1)):
        kept = Improvement.objects.create(
            name="Звонок после отказа", metric="csat.t2b", least=0.05, starts_on=began, weeks=4, by=head
        )
    for share, days in ((0.4, -14), (0.9, 14)):
        at = midnight(began) + timedelta(days=days, hours=9)
        read(Measure.SCORE, good=int(of * share), of=of, at=at)
    page = at_desk(head)
    page.goto("/board/improvements/")
    expect(page.locator("tbody tr")).to_contain_text(says)
    page.get_by_role("link", name="Звонок после отказа").press("Enter")
    verdict = page.locator("section.card").first
    expect(verdict.locator("h2")).to_have_text(says)
    if of > 2:
        expect(verdict).to_contain_text("скорее всего")
    else:
        expect(verdict).not_to_contain_text("скорее всего")
    page.get_by_role("button", name="Решить").press("Enter")
    expect(page.locator(".err").first).to_be_visible()
    page.get_by_label("Что поняли").fill("Звонок помогает")
    page.get_by_role("button", name="Решить").press("Enter")
    expect(verdict).to_contain_text("Звонок помогает")
    expect(page.get_by_role("button", name="Решить")).to_have_count(0)
    kept.refresh_from_db()
    assert kept.decided_by == head


def test_what_happened_is_marked_on_a_chart_and_taken_away(at_desk: Desk, head: User, read: Read) -> None:
    read(Measure.SCORE, good=8, of=10, at=midnight(clock.house_today()) - timedelta(days=2))
    page = at_desk(head)
    page.goto("/board/notes/")
    expect(page.locator("main")).to_contain_text("Пока ничего не отмечено.")
    page.get_by_label("Что случилось").fill("Сломалась АТС")
    page.locator("[name=on]").fill((clock.today() - timedelta(days=3)).isoformat())
    page.get_by_role("button", name="Поставить на графики").press("Enter")
    expect(page.locator("tbody tr")).to_contain_text("Сломалась АТС")

    page.goto("/board/metrics/csat.t2b/")
    expect(page.locator("main")).to_contain_text("Сломалась АТС")
    page.goto("/board/notes/")
    page.get_by_role("button", name="Убрать: Сломалась АТС").press("Enter")
    expect(page.locator("main")).to_contain_text("Пока ничего не отмечено.")
    assert not Annotation.objects.exists()
