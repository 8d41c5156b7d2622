"""An act on a whole list: looked at first, done by portions, stopped, taken back; by the rights of its person."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.care.problems.models import Linked, Problem
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.automation.models import Macro
from otklik.desk.tickets.models import Batch, Sweep, Ticket, Watch, watching
from otklik.desk.tickets.models.sweep import State
from otklik.front.workspace import sweeping
from otklik.front.workspace.acts import bulk
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def seven(writes: Write, monkeypatch: pytest.MonkeyPatch) -> list[Ticket]:
    monkeypatch.setattr(sweeping, "PORTION", 3)
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(7)]


def begun(browser: Browser, act: str, **told: Any) -> Sweep:
    answer = browser.post("/queue/bulk/", {"act": act, "whole": "on", "view": "view=line", **told}, headers=HTMX)
    assert answer.status_code == 204, answer.content
    sweep = Sweep.objects.latest("pk")
    assert answer["HX-Redirect"] == f"/queue/sweeps/{sweep.pk}/"
    return sweep


def worked(sweep: Sweep) -> Sweep:
    while sweeping.portion(sweep):
        pass
    return Sweep.objects.get(pk=sweep.pk)


def test_what_would_happen_is_told_and_nothing_has(annas: Browser, ilya: User, anna: User, seven: list[Ticket]) -> None:
    seven[0].take(by=ilya)
    seven[1].take(by=anna)
    entries = Entry.objects.count()

    sweep = worked(begun(annas, "take"))

    assert sweep.state == State.READY and (sweep.total, sweep.done) == (7, 5)
    assert [count for _why, count, _some in sweep.reasons] == [1] and "Илья" in sweep.reasons[0][0]
    assert sweep.same == 1
    assert Entry.objects.count() == entries and Ticket.objects.filter(owner=None).count() == 5
    page = annas.get(f"/queue/sweeps/{sweep.pk}/").content.decode()
    assert "Что произойдёт" in page and f"№ {seven[0].pk}" in page


def test_who_is_asked_to_watch_a_whole_list_hears_of_it_once(
    annas: Browser, anna: User, ilya: User, seven: list[Ticket]
) -> None:
    Watch.objects.put(seven[0], ilya)
    asked = Notice.objects.of(ilya.pk).filter(kind=NoticeKind.WATCHED)
    before = asked.count()
    sweep = worked(begun(annas, "watch", sure="on", people=[ilya.pk]))
    assert sweep.done == 6 and asked.count() == before, "it was looked at, nobody was asked"
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweep = worked(sweep)

    assert sweep.state == State.DONE and Watch.objects.filter(user=ilya).count() == 7
    assert asked.count() == before + 1 and asked[0].text == f"{anna} просит вас следить за 6 обращениями"


def test_who_watches_too_many_is_named_to_whoever_asks(
    annas: Browser, ilya: User, seven: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST", 5)
    sweep = worked(begun(annas, "watch", sure="on", people=[ilya.pk]))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweep = worked(sweep)
    assert sweep.done == 5
    assert [why for why, _count, _some in sweep.reasons] == [
        f"{ilya.name} уже наблюдает за 5 обращениями: больше попросить нельзя."
    ]


def test_it_is_done_by_portions_and_comes_back_as_one(annas: Browser, anna: User, seven: list[Ticket]) -> None:
    sweep = worked(begun(annas, "priority", priority="4", sure="on"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    assert sweeping.portion(sweep)
    assert Ticket.objects.filter(priority=4).count() == 3, "one portion"

    sweep = worked(sweep)

    assert sweep.state == State.DONE and sweep.done == 7 and Ticket.objects.filter(priority=4).count() == 7
    assert Batch.objects.filter(sweep=sweep).count() == 3
    seven[2].refresh_from_db()
    seven[2].prioritise(1, by=anna)
    answer: Any = annas.get(f"/queue/sweeps/{sweep.pk}/table/")
    table = b"".join(answer.streaming_content).decode()
    assert all(f"{ticket.pk}," in table for ticket in seven)

    annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
    sweep = worked(sweep)

    assert sweep.state == State.UNDONE and sweep.done == 6 and sweep.not_done == 1
    assert set(Ticket.objects.values_list("priority", flat=True)) == {1, 2}


def test_a_stop_comes_between_two_portions(annas: Browser, seven: list[Ticket]) -> None:
    sweep = worked(begun(annas, "priority", priority="4", sure="on"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweeping.portion(sweep)
    annas.post(f"/queue/sweeps/{sweep.pk}/stop/")

    sweep = worked(sweep)

    assert sweep.state == State.STOPPED and Ticket.objects.filter(priority=4).count() == 3
    assert sweep.can_be_undone
    with clock.at(clock.now() + timedelta(minutes=11)):
        annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
        assert Sweep.objects.get(pk=sweep.pk).state == State.STOPPED, "the window is over"


def test_one_press_stops_it_and_takes_it_back(annas: Browser, seven: list[Ticket]) -> None:
    sweep = worked(begun(annas, "priority", priority="4", sure="on"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweeping.portion(sweep)
    assert 'name="back"' in annas.get(f"/queue/sweeps/{sweep.pk}/").content.decode()
    annas.post(f"/queue/sweeps/{sweep.pk}/stop/", {"back": "1"})

    sweep = worked(sweep)

    assert sweep.state == State.UNDONE and not Ticket.objects.filter(priority=4).exists() and sweep.done == 3
    assert "back" not in sweep.told and not sweep.stop_asked


def test_whoever_presses_it_when_all_is_done_takes_it_back(annas: Browser, seven: list[Ticket]) -> None:
    """The last portion was over before the press came."""
    sweep = worked(begun(annas, "priority", priority="4", sure="on"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweep = worked(sweep)
    assert sweep.state == State.DONE
    annas.post(f"/queue/sweeps/{sweep.pk}/stop/", {"back": "1"})
    assert worked(sweep).state == State.UNDONE and not Ticket.objects.filter(priority=4).exists()


def test_what_has_left_the_list_meanwhile_is_left_alone(annas: Browser, anna: User, seven: list[Ticket]) -> None:
    sweep = worked(begun(annas, "priority", priority="4", sure="on", view="view=unowned"))
    seven[6].take(by=anna)
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")

    assert worked(sweep).done == 6
    assert Ticket.objects.get(pk=seven[6].pk).priority == 2


def test_ACCESS_3_only_what_its_person_may_change(
    annas: Browser, seven: list[Ticket], line_two: Team, vera: User
) -> None:
    Ticket.objects.filter(pk=seven[0].pk).update(team=line_two, owner=vera)

    sweep = worked(begun(annas, "priority", priority="4", sure="on", view="view=all"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    worked(sweep)

    assert Ticket.objects.get(pk=seven[0].pk).priority == 2 and Ticket.objects.filter(priority=4).count() == 6


def test_nobody_else_sees_it_or_turns_it(annas: Browser, ilya: User, seven: list[Ticket]) -> None:
    sweep = worked(begun(annas, "take"))
    other = Browser()
    other.force_login(ilya)

    assert other.get(f"/queue/sweeps/{sweep.pk}/").status_code == 404
    assert {other.post(f"/queue/sweeps/{sweep.pk}/{act}/").status_code for act in ("go", "stop", "undo")} == {404}
    assert Sweep.objects.get(pk=sweep.pk).state == State.READY


def test_twice_pressed_is_once(annas: Browser, seven: list[Ticket]) -> None:
    sweep = worked(begun(annas, "take"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweep = worked(sweep)
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")

    assert Sweep.objects.get(pk=sweep.pk).state == State.DONE and Batch.objects.filter(sweep=sweep).count() == 3


def test_more_rows_than_are_done_at_once_become_one(
    annas: Browser, seven: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 5)
    answer = annas.post("/queue/bulk/", {"act": "take", "ids": [ticket.pk for ticket in seven]}, headers=HTMX)
    sweep = worked(Sweep.objects.get())

    assert answer["HX-Redirect"] == f"/queue/sweeps/{sweep.pk}/" and (sweep.total, sweep.done) == (7, 7)


def test_a_macro_for_all_with_its_undo(annas: Browser, anna: User, seven: list[Ticket]) -> None:
    macro = Macro.objects.create(name="Срочно", text="Здравствуйте", acts=[{"act": "priority", "priority": "4"}])
    dialog = annas.post("/queue/bulk/", {"act": "macro", "whole": "on", "view": "view=line"}, headers=HTMX)
    assert "Срочно" in dialog.content.decode()

    sweep = worked(begun(annas, "macro", macro=str(macro.pk), sure="on"))
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweep = worked(sweep)

    assert sweep.done == 7 and Ticket.objects.filter(priority=4).count() == 7
    annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
    worked(sweep)
    assert not Ticket.objects.filter(priority=4).exists()


def test_a_few_are_looked_at_where_somebody_asks(
    annas: Browser, ilya: User, seven: list[Ticket], hears_nothing: Callable[[], int]
) -> None:
    seven[0].take(by=ilya)
    before = hears_nothing()
    told = {"act": "take", "ids": [ticket.pk for ticket in seven[:3]]}

    page = annas.post("/queue/bulk/", {**told, "look": "on"}, headers=HTMX).content.decode()

    assert "Илья" in page and 'name="looked"' in page and re.findall(r"<b>(\d+)</b>", page) == ["2", "1"]
    assert hears_nothing() == before
    assert annas.post("/queue/bulk/", {**told, "looked": "on"}, headers=HTMX).status_code == 204
    assert Ticket.objects.filter(owner__login="anna").count() == 2


def test_from_fifty_on_it_is_looked_at_first(
    annas: Browser, seven: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LOOKED_FROM", 7)

    page = annas.post("/queue/bulk/", {"act": "take", "ids": [ticket.pk for ticket in seven]}, headers=HTMX)

    assert page.status_code == 200 and 'name="looked"' in page.content.decode()
    assert not Ticket.objects.exclude(owner=None).exists()


@pytest.fixture
def hears_nothing() -> Callable[[], int]:
    """How much stands in the journal: a look adds nothing."""
    return Entry.objects.count


def test_a_whole_list_comes_to_a_problem_and_back(annas: Browser, anna: User, ilya: User, seven: list[Ticket]) -> None:
    problem = Problem.objects.begin(title="Обрывы", notices="Рвётся", by=anna)
    other = Problem.objects.begin(title="Тишина", notices="Не слышно", by=ilya)
    other.link(seven[0], by=ilya)
    asked = annas.post("/queue/bulk/", {"act": "problem", "whole": "on", "view": "view=line"}, headers=HTMX)
    assert "Обрывы" in asked.content.decode() and 'value="new"' not in asked.content.decode()

    sweep = worked(begun(annas, "problem", sure="on", problem=problem.pk))
    assert (sweep.done, sweep.not_done) == (6, 1) and Linked.objects.count() == 1, "so far it was looked at"
    annas.post(f"/queue/sweeps/{sweep.pk}/go/")
    sweep = worked(sweep)
    assert problem.linked.count() == 6 and other.linked.count() == 1
    assert "6 связано с проблемой" in annas.get(f"/queue/sweeps/{sweep.pk}/").content.decode()

    annas.post(f"/queue/sweeps/{sweep.pk}/undo/")
    worked(sweep)
    assert problem.linked.count() == 0 and other.linked.count() == 1
    assert problem.link(seven[3], by=None), "an undo says nothing of the request"
