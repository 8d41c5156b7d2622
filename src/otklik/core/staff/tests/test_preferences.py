"""The look that follows the person: theme, density, panes of the desk."""

import pytest
from django.test import Client

from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db


def test_each_choice_leaves_the_others_as_they_are(annas: Client, anna: User) -> None:
    for told in ({"theme": "dark"}, {"compact": "on"}, {"card_folded": "on"}, {"list_width": "24"}):
        assert annas.post("/me/preferences/", told).status_code == 204

    anna.refresh_from_db()
    assert (anna.theme, anna.compact, anna.card_folded, anna.list_width) == ("dark", True, True, 24)


def test_parts_of_a_row_are_left_out_by_name(annas: Client, anna: User) -> None:
    annas.post("/me/preferences/", {"row_without": "owner subject face <b>"})
    anna.refresh_from_db()
    assert anna.row_without == "face owner"
    assert 'data-without="face owner"' in annas.get("/queue/mine/").content.decode()

    annas.post("/me/preferences/", {"row_without": ""})
    assert "data-without" not in annas.get("/queue/mine/").content.decode()


@pytest.mark.parametrize("width", ["", "17", "33", "-20", "2e1", "٢٤٢٤", "999999999999"])
def test_a_width_out_of_bounds_is_the_usual_one(annas: Client, anna: User, width: str) -> None:
    annas.post("/me/preferences/", {"list_width": "24"})
    annas.post("/me/preferences/", {"list_width": width})

    anna.refresh_from_db()
    assert anna.list_width is None
