"""Anna at her list, her hands on the keys."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.core.staff.models import User
from tests.browser.flows.hands import Hands

type Sit = Callable[..., Hands]


@pytest.fixture(params=["latin", "russian"])
def sit(at_desk: Callable[..., Any], request: pytest.FixtureRequest) -> Sit:
    """`sit(anna, "/queue/line/")`: their hands, the first row of the list under them."""

    def down(user: User, address: str = "/queue/line/") -> Hands:
        page = at_desk(user)
        page.goto(address)
        hands = Hands(page, request.param)
        if page.locator("[data-row]").count():
            hands.press("J")
            hands.presses = 0
        return hands

    return down
