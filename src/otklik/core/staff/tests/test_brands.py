"""Under which name the company writes, and who decides it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from otklik.core import recent
from otklik.core.staff.models import Brand, Logo, Organisation
from otklik.core.staff.models.brand import _house
from otklik.core.staff.models.organisation import _current

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(organisation: Organisation) -> Brand:
    return Brand.objects.create(name="Связь Дом", colour="#0a7f5a", language="en")


def test_a_migrated_desk_has_the_usual_brand_which_is_the_company(organisation: Organisation) -> None:
    usual = Brand.objects.get()
    assert usual.is_usual and (usual.shown_name, usual.writes_as, usual.shown_language) == ("Связь", "Связь", "ru")
    assert usual.colours_path == "" and usual.logo is None
    assert Brand.objects.house().usual == usual and not Brand.objects.house().has_several


def test_without_any_row_the_company_still_has_a_name(organisation: Organisation) -> None:
    Brand.objects.all().delete()
    recent.forget()
    assert Brand.objects.house().usual.shown_name == "Связь"


def test_a_brand_says_its_own_where_it_has_it(home: Brand) -> None:
    assert (home.writes_as, home.shown_language, home.colours_path) == ("Связь Дом", "en", "/colours/0a7f5a.css")
    assert Brand.objects.house().names_languages
    home.sender_name = "Забота Связи"
    assert home.writes_as == "Забота Связи"


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Вторая", "is_usual": True},
        {"name": ""},
        {"name": "Связь Дом"},
        {"name": "Красная", "colour": "red"},
        {"name": "Злая", "colour": "#0a7f5"},
        {"name": "Злая", "colour": "#00000;"},
    ],
)
def test_the_database_refuses_what_no_brand_can_be(home: Brand, told: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Brand.objects.create(**told)


def test_the_same_picture_is_kept_once_and_a_used_one_stays(home: Brand) -> None:
    one = Logo.objects.keep(b"png", 300, 100, "#ffffff")
    assert Logo.objects.keep(b"png", 300, 100, "#ffffff") == one and Logo.objects.keep(b"png", 300, 100, "") != one
    assert one.is_wordmark and not Logo.objects.keep(b"square", 100, 100, "").is_wordmark
    assert one.fitting(200, 56) == (168, 56) and one.fitting(1000, 1000) == (300, 100)

    home.logo = one
    home.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        one.delete()


@pytest.mark.parametrize(
    ("address", "demo", "reachable"),
    [
        ("https://desk.test", False, True),
        ("http://localhost:8000", False, False),
        ("http://127.0.0.1", False, False),
        ("http://localhost:8000", True, True),
        ("", False, False),
    ],
)
def test_whether_clients_can_load_anything_from_here(
    organisation: Organisation, settings: Any, address: str, demo: bool, reachable: bool
) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"
    organisation.site_url, organisation.is_demo = address, demo
    assert organisation.is_reachable is reachable


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth() -> None:
    """Existing lines and mailboxes keep what they had."""
    try:
        MigrationExecutor(connection).migrate(
            [("channels", "0007_forwarded_letters"), ("staff", "0004_undo_of_the_company")]
        )
        tables = connection.introspection.table_names()
        assert "staff_brand" not in tables and "staff_logo" not in tables
    finally:
        call_command("migrate", verbosity=0, interactive=False)  # with the triggers of the tables that were made anew
        connection.close()  # statements that were prepared before know the old tables
    assert Brand.objects.get().is_usual


def test_RACE_what_another_thread_forgets_in_the_midst_is_given_all_the_same(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages and letters must not fail because somebody saves the settings."""
    house, company = Brand.objects.house(), Organisation.objects.current()

    def later() -> float:
        recent.forget()
        return 0.0

    monkeypatch.setattr(recent, "monotonic", later)
    assert (Brand.objects.house(), Organisation.objects.current()) == (house, company)


def test_what_others_read_before_the_commit_is_forgotten_after_it(
    home: Brand, organisation: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Brand.objects.house(), Organisation.objects.current()
        before = _house._kept, _current._kept
        home.name, organisation.name = "Связь Дача", "Связь и сети"
        home.save()
        organisation.save()
        _house._kept, _current._kept = before  # as another thread does, which sees the old rows

    assert Brand.objects.house().brands[home.pk].name == "Связь Дача"
    assert Organisation.objects.current().name == "Связь и сети"
