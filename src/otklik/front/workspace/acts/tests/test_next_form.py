"""What comes next, as the page of a request asks for it: one piece in each language, filled for each reader."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Habits, Ticket
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.offered import Preset
from otklik.front.workspace.templatetags.composer import date_chips


def form(choice: Choice, doer: str = "Анна", **errors: str) -> str:
    composer: Any = SimpleNamespace(
        choice=choice, errors=errors, doer=doer, earliest="2026-11-28T12:00", moves_date=True, refuses=False,
        wait_dates=(), promise_dates=(), aside_dates=(), offers=("",), reasons=(("other", "Other"),),
    )  # fmt: skip
    return render_to_string("workspace/composer/next.html", {"composer": composer, "ticket": {"number": 7}})


def test_what_one_reader_typed_is_not_in_the_form_of_another() -> None:
    fresh = form(Choice())
    typed = form(Choice(next="resolve", summary="Cleared <it>", link="https://x.test/?a&b"), doer="Вера")
    moved = form(Choice(why="the courier is ill"))

    assert form(Choice()) == fresh
    assert 'value="Cleared &lt;it&gt;"' in typed and "https://x.test/?a&amp;b" in typed and "Анна" not in typed
    assert "the courier is ill" in moved and "Cleared" not in moved + fresh and "Вера" not in moved + fresh


def test_what_is_wrong_stands_at_its_field_and_nowhere_later() -> None:
    fresh = form(Choice(next="resolve"))
    wrong = form(Choice(next="resolve"), link="No address", next="Choose")

    assert wrong.count('aria-invalid="true"') == 2 and 'id="e-link"' in wrong and 'id="e-next"' in wrong
    assert form(Choice(next="resolve")) == fresh and "aria-invalid" not in fresh


def test_each_reader_gets_their_language() -> None:
    said = []
    for language in ("en", "ru", "en"):
        with translation.override(language):
            said.append(form(Choice(next="aside", until="other", other="2026-11-30T10:00")))

    assert said[0] == said[2] != said[1]
    assert "What next" in said[0] and 'value="2026-11-30T10:00"' in said[1]


@pytest.mark.django_db
def test_the_line_says_what_its_answers_begin_with_and_a_draft_keeps_its_own(
    client: Client, anna: User, ticket: Ticket
) -> None:
    def page() -> str:
        recent.forget()
        return client.get(f"/tickets/{ticket.number}/").content.decode()

    client.force_login(anna)
    assert 'id="n-vow" checked' in page()
    Habits.objects.create(team=ticket.team, usual_next="wait")
    assert 'id="n-wait" checked' in page() and 'id="n-vow" checked' not in page()
    Draft.objects.keep(ticket.conversation, anna, "reply", "Готово", {"next": "resolve"})
    assert 'id="n-done" checked' in page() and 'id="n-wait" checked' not in page()


def test_the_hour_at_the_client_does_not_run_into_ours() -> None:
    preset = Preset(clock.now(), "tomorrow by 12:00", False, "19:00")
    with translation.override("en"):
        assert "tomorrow by 12:00<small>· 19:00 there</small>" in date_chips("wait", [preset])
