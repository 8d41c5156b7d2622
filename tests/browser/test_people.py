"""From marks given alone to a signature, and a newcomer's checkpoint, in a real browser by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.team.metrics.days import today
from otklik.team.people.models import Candidate, HiringProfile, Onboarding, ProfileCriterion, Sheet, Vacancy

pytestmark = pytest.mark.django_db(transaction=True)
type Desk = Callable[..., Any]


def test_marks_are_covered_until_both_are_there(
    at_desk: Desk, head: User, boris: User, anna: User, line_one: Team
) -> None:
    profile = HiringProfile.objects.create(name="Первая линия", made_by=head)
    told = {"name": "Эмпатия", "required": 4, "question": "Самый трудный клиент?", "anchors": "4 — слышит"}
    one = ProfileCriterion.objects.create(profile=profile, **told)
    vacancy = Vacancy.objects.create(title="Специалист", profile=profile, team=line_one, made_by=head)
    vacancy.interviewers.set([head, boris])

    page = at_desk(head)
    page.goto(f"/board/people/vacancies/{vacancy.pk}/")
    page.get_by_label("Имя").fill("Мария Ланская")
    page.get_by_role("button", name="Записать").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Мария Ланская")
    Sheet.objects.give(Candidate.objects.get(), {one.pk: (5, "Назвала чувство клиента")}, by=boris)
    page.reload()
    expect(page.locator("main")).not_to_contain_text("Назвала чувство")
    page.get_by_role("link", name="Поставить оценки").press("Enter")
    page.wait_for_url("**/score/")
    page.get_by_label("Уровень").select_option("4")
    page.get_by_role("button", name="Поставить оценки").press("Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    page.get_by_label("Что увидели или услышали").fill("Дала договорить")
    page.get_by_role("button", name="Поставить оценки").press("Enter")
    expect(page.locator("main")).to_contain_text("Назвала чувство")
    expect(page.locator("main")).to_contain_text("зелёная группа")

    page.get_by_label("Что решено о кандидате").select_option("hired")
    page.get_by_label("Почему так").fill("Слышит клиента")
    page.get_by_label("Работает здесь как").select_option(str(anna.pk))
    page.get_by_label("Первый рабочий день").fill(today().isoformat())
    page.get_by_role("button", name="Подписать").press("Enter")
    expect(page.locator(".lead")).to_contain_text("принят на работу")
    assert Candidate.objects.get().person == anna


def test_a_curator_looks_at_a_checkpoint(at_desk: Desk, anna: User, ilya: User, boris: User) -> None:
    Onboarding.objects.begin(anna, ilya, today(), by=boris)
    page = at_desk(ilya)
    page.goto("/board/people/newcomers/")
    page.get_by_role("link", name=anna.name).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(anna.name)
    page.get_by_role("link", name="Посмотреть день 3", exact=True).press("Enter")
    page.get_by_label("Результат есть?").select_option("yes")
    page.get_by_label("Что увидели").fill("Вошла сама")
    page.get_by_role("button", name="Записать").press("Enter")
    expect(page.locator("main")).to_contain_text("пройдено в срок")
