"""A provider's answers from a file, and beside our own figures: in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.surveys.models import OutsideAnswer
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.imports.models import Import
from otklik.desk.imports.tasks import work
from otklik.desk.tickets.models import Ticket

type Desk = Callable[..., Any]
YESTERDAY = (clock.today() - timedelta(days=1)).isoformat()
ROWS = "\n".join(f"A{number};{YESTERDAY};5;1-5;Слова {number}" for number in range(6))


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    path = tmp_path / "опрос.csv"
    path.write_text(f"Анкета;Дата;Оценка;Шкала;Комментарий\n{ROWS}\nB;вчера;5;1-5;\n")
    return path


def test_a_providers_file_from_the_settings_to_its_page(
    at_desk: Desk, live_app: Any, admin: User, head: User, ticket: Ticket, file: Path
) -> None:
    settings = at_desk(admin)
    settings.goto("/settings/imports/")
    settings.select_option("[name=kind]", "outside")
    settings.fill("[name=source]", "golos")
    settings.set_input_files("[name=file]", str(file))
    settings.get_by_role("button", name="Посмотреть").click()
    settings.locator("select").first.select_option("external_id")  # nobody guesses what «Анкета» is
    settings.get_by_role("button", name="Показать строки").click()
    expect(settings.get_by_text("«вчера» — не дата")).to_be_visible()
    settings.get_by_role("button", name="Загрузить").click()
    expect(settings.get_by_role("button", name="Остановить")).to_be_visible()
    of = Import.objects.get()
    work(of.pk)
    settings.goto(f"/settings/imports/{of.pk}/")
    expect(settings.get_by_text("вчера").first).to_be_visible()
    of.refresh_from_db()
    assert of.told == {"new": 6, "changed": 0, "same": 0, "wrong": 1}
    assert OutsideAnswer.objects.count() == 6

    office = at_desk(head)
    office.goto("/board/surveys/")
    office.get_by_role("link", name="golos").click()
    expect(office.get_by_role("heading", name="golos")).to_be_visible()
    expect(office.get_by_text("100,0 %", exact=True)).to_be_visible()
    expect(office.get_by_text("наша: мало данных")).to_be_visible()
    expect(office.get_by_text("Слова 5")).to_be_visible()
