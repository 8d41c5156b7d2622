"""Hours that a line has again and again, by programs."""

import json
import re
from typing import Any

import pytest

from otklik.core.staff.models import Team, User
from otklik.front.api import shift_templates
from otklik.front.api.interface import api
from otklik.front.api.tests.conftest import Ask
from otklik.team.shifts.models import ShiftTemplate

pytestmark = pytest.mark.django_db
DAY = {
    "name": "День",
    "short": "Д",
    "starts": "09:00",
    "ends": "18:00",
    "breaks": [{"starts": "13:00", "ends": "14:00"}],
}


@pytest.fixture
def home(line_one: Team) -> str:
    return f"roster/lines/{line_one.pk}/templates"


def test_a_template_is_added_changed_and_taken_out_of_use(ask: Ask, home: str, anna: User, boris: User) -> None:
    made, again = (ask("post", home, boris, DAY, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content, made.json()
    told = {"name": "День", "short": "Д", "line": "Первая линия", "in_use": True}
    assert made.json() | told == made.json()
    assert made.json()["breaks"] == [{"starts": "13:00:00", "ends": "14:00:00"}]
    one = f"roster/templates/{made.json()['id']}"
    read = ask("get", one, anna)
    assert read.json() == made.json() and len(ask("get", home, anna).json()) == 1

    night = {"name": "Ночь", "short": "Н", "starts": "22:00", "ends": "06:00"}
    changed = ask("put", one, boris, night, tag=read["ETag"]).json()
    assert (changed["name"], changed["ends"], changed["breaks"]) == ("Ночь", "06:00:00", [])
    assert ask("put", one, boris, DAY, tag=read["ETag"]).status_code == 412
    assert ask("post", f"{one}/retire", boris).json()["in_use"] is False
    assert ask("get", home, anna).json() == [] and ask("get", one, anna).json()["in_use"] is False
    assert ask("put", one, boris, DAY).status_code == ask("post", f"{one}/retire", boris).status_code == 404
    assert ask("post", home, boris, night).status_code == 201, "its letters are free again"


def test_one_that_was_taken_out_of_use_meanwhile_does_not_come_back(
    ask: Ask, home: str, boris: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading it and keeping it somebody else took it out of use."""
    made = ask("post", home, boris, DAY).json()["id"]
    plain = shift_templates.planned

    def meanwhile(*told: Any) -> Team:
        ShiftTemplate.objects.update(is_active=False)
        return plain(*told)

    monkeypatch.setattr(shift_templates, "planned", meanwhile)
    assert ask("put", f"roster/templates/{made}", boris, {**DAY, "name": "Иначе"}).status_code == 404
    assert ShiftTemplate.objects.get().name == "День"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"short": "- "}, "short"),
        ({"short": "Долг"}, "short"),
        ({"short": "В"}, ""),
        ({"breaks": [{"starts": "20:00", "ends": "21:00"}]}, "breaks"),
        ({"starts": "25:00"}, "starts"),
    ],
)
def test_what_is_wrong_is_named(
    ask: Ask, home: str, boris: User, line_one: Team, wrong: dict[str, Any], field: str
) -> None:
    ShiftTemplate.objects.create(line=line_one, name="Вечер", short="В", starts="14:00", ends="22:00")
    refused = ask("post", home, boris, DAY | wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, field), refused.json()
    assert ShiftTemplate.objects.count() == 1


def test_ACCESS_1_who_plans_the_line_keeps_its_hours(
    ask: Ask, home: str, anna: User, boris: User, vera: User, line_one: Team, line_two: Team
) -> None:
    one = ShiftTemplate.objects.create(line=line_one, name="Вечер", short="В", starts="14:00", ends="22:00")
    theirs = ShiftTemplate.objects.create(line=line_two, name="Вечер", short="В", starts="14:00", ends="22:00")
    assert ask("post", home, anna, DAY).status_code == 403
    for method, path, told in ("put", "", DAY), ("post", "/retire", None):
        assert ask(method, f"roster/templates/{one.pk}{path}", anna, told).status_code == 403
        assert ask(method, f"roster/templates/{one.pk}{path}", vera, told).status_code == 404
        assert ask(method, f"roster/templates/{theirs.pk}{path}", boris, told).status_code == 404
    assert ask("get", f"roster/templates/{theirs.pk}", boris).status_code == 404
    assert ask("post", home, vera, DAY).status_code == 404
    assert ask("post", home, boris, DAY, scopes=("roster:read",)).status_code == 403
    assert set(ShiftTemplate.objects.values_list("name", "is_active")) == {("Вечер", True)}


def test_the_schema_says_times_of_a_wall() -> None:
    """Without an offset, which the format `time` of JSON Schema would have."""
    shapes = api.get_openapi_schema()["components"]["schemas"]
    starts = shapes["TemplateFull"]["properties"]["starts"]
    assert (
        "format" not in starts and re.match(starts["pattern"], "09:00:00") and not re.match(starts["pattern"], "9:00Z")
    )
    assert '"format": "time"' not in json.dumps(shapes)
