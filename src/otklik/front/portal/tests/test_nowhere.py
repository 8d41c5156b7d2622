"""The one character that no database keeps, in the path of an address: nothing is there, and nothing breaks."""

import pytest
from django.test import Client

from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        *("/survey/a%00b/", "/survey/a%00b/stop/", "/ask/a%00b/", "/status/subscription/a%00b/"),
        *("/status/subscription/a%00b/leave/", "/shifts/a%00b.ics", "/board/metrics/f%00rt/"),
    ],
)
def test_a_page_of_no_name_is_not_there(client: Client, anna: User, path: str) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 404
