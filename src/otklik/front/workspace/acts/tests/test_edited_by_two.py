"""Two people have the same thing open: whoever saves last reads what the other one saved."""

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_whoever_saves_last_does_not_lose_what_another_one_saved(
    ticket: Ticket, anna: User, ilya: User, client: Browser
) -> None:
    client.force_login(anna)
    (task,) = ticket.plan(["Проверить роутер"], by=anna)
    address = f"/tickets/{ticket.number}/tasks/{task.pk}/"
    on_screen = task.stamp
    ticket.replan(task, text="Проверить роутер и кабель", executor=ilya, due_at=None, by=ilya)

    mine = {"text": "Проверить питание", "executor": "", "due": "", "seen": on_screen}
    refused = client.post(address, mine)
    task.refresh_from_db()
    assert refused.status_code == 422 and task.text == "Проверить роутер и кабель"
    page = refused.content.decode()
    assert "Теперь она такая: Проверить роутер и кабель, Илья" in page and 'value="Проверить питание"' in page

    assert f'name="seen" value="{task.stamp}"' in page
    client.post(address, {**mine, "seen": task.stamp})
    task.refresh_from_db()
    assert (task.text, task.executor) == ("Проверить питание", None)
