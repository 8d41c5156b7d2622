"""Settings of cards: fields of the company, and who sees what is personal."""

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Secrecy
from tests.fixtures.cast import signed_in

pytestmark = pytest.mark.django_db


def test_a_field_is_made_changed_moved_and_put_out_of_use(admin: User) -> None:
    browser = signed_in(admin)
    new = {"name": " День  рождения ", "of": "contact", "kind": "date", "is_personal": "on"}
    browser.post("/settings/card-fields/new/", new)
    browser.post(
        "/settings/card-fields/new/", {"name": "Магазин", "of": "contact", "kind": "choice", "options": "А\nБ"}
    )
    birthday, shop = CardField.objects.all()
    assert (birthday.name, birthday.is_personal, shop.options) == ("День рождения", True, ["А", "Б"])

    browser.post(f"/settings/card-fields/{shop.pk}/step/", {"to": "up"})
    changed = {"name": "Праздник", "of": "client", "kind": "text"}
    browser.post(f"/settings/card-fields/{birthday.pk}/", changed)

    birthday.refresh_from_db()
    assert (birthday.name, birthday.of, birthday.kind, birthday.is_active) == ("Праздник", "contact", "date", False)
    assert list(CardField.objects.all()) == [shop, birthday]
    assert Entry.objects.filter(kind="staff.SettingsChanged", actor=admin, data__what="card_field").count() == 4
    page = browser.get("/settings/card-fields/").content.decode()
    assert "Праздник" in page and "Магазин" in page


def test_a_choice_needs_something_to_choose(admin: User) -> None:
    answer = signed_in(admin).post("/settings/card-fields/new/", {"name": "Магазин", "of": "contact", "kind": "choice"})

    assert answer.status_code == 422 and not CardField.objects.exists()


def roles(**sees: str) -> dict[str, object]:
    given = {"agent": "reason", "lead": "open", "head": "open", "quality": "never", "admin": "open"} | sees
    return {f"role_{role}": value for role, value in given.items()}


@pytest.mark.parametrize(("who", "status"), [("head", 302), ("admin", 302), ("boris", 404), ("anna", 404)])
def test_the_head_and_administrators_say_who_sees(who: str, status: int, request: pytest.FixtureRequest) -> None:
    browser = signed_in(request.getfixturevalue(who))

    answer = browser.post("/settings/secrecy/", {"facts": ["note", "money"], **roles(lead="reason")})

    assert answer.status_code == status
    if status == 302:
        kept = Secrecy.objects.get()
        assert (kept.facts, kept.open_to, kept.asking) == (["note", "money"], ["head", "admin"], ["agent", "lead"])
        assert "checked" in browser.get("/settings/secrecy/").content.decode()


def test_leads_read_it(boris: User) -> None:
    assert signed_in(boris).get("/settings/secrecy/").status_code == 200


def test_somebody_has_to_see_it(admin: User) -> None:
    answer = signed_in(admin).post("/settings/secrecy/", {"facts": ["note"], **roles(head="never", admin="reason")})

    assert answer.status_code == 422 and not Secrecy.objects.exists()
