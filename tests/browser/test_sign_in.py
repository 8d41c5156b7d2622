"""The way in, in a real browser: where the cursor stands after a refusal."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_a_wrong_password_the_cursor_is_in_the_password_and_the_name_stays(
    live_app: LiveApp, page: Any, anna: User
) -> None:
    page.goto(f"{live_app.url}/sign-in/")
    page.wait_for_function("() => document.activeElement.name === 'login'")
    page.keyboard.type("anna")
    page.fill("[name=password]", "not this one")
    page.keyboard.press("Enter")

    page.locator("#sign-in-error").wait_for()
    page.wait_for_function("() => document.activeElement.name === 'password'")
    assert page.input_value("[name=login]") == "anna" and page.input_value("[name=password]") == ""
    assert page.get_attribute("[name=password]", "aria-describedby") == "sign-in-error"

    page.fill("[name=login]", "")
    page.fill("[name=password]", "something")
    page.evaluate("() => document.querySelector('[name=login]').form.noValidate = true")
    page.locator("[name=password]").press("Enter")
    page.locator("#id_login_error").wait_for()
    page.wait_for_function("() => document.activeElement.name === 'login'")
