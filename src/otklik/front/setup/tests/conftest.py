"""The administrator at the settings."""

import pytest
from django.test import Client

from otklik.core.staff.models import User
from tests.fixtures.cast import signed_in


@pytest.fixture
def office(admin: User) -> Client:
    """The browser of the administrator, who has signed in."""
    return signed_in(admin)
