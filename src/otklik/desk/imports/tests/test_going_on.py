"""An import that died goes on behind its last batch; two processes never settle the same rows."""

import io
from pathlib import Path

import pytest

from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.imports import running, taking_over
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.preparing import prepared
from otklik.desk.imports.tasks import take_over, work
from otklik.desk.imports.tests import exports
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def five(monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.setattr(running, "BATCH", 2)
    people = "".join(f"p{number}@x.example\n" for number in range(5))
    return prepared("contacts", io.BytesIO(f"email\n{people}".encode()), "x.csv", "crm")


def test_after_kill_9_nothing_is_lost_and_nothing_comes_twice(five: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    five.begin(dry=False)

    def die(self: object, items: list[object]) -> list[object]:
        raise Killed

    with pytest.raises(Killed):
        running.run(five, lambda of: monkeypatch.setattr("otklik.desk.imports.kinds.people.People.keep", die))
    five.refresh_from_db()
    assert (five.state, five.position, Contact.objects.count()) == ("running", 2, 2)
    monkeypatch.undo()
    work(five.pk)
    five.refresh_from_db()
    assert (five.state, five.position, five.told["new"], Contact.objects.count()) == ("done", 5, 5, 5)


def test_who_comes_second_gives_way(five: Import) -> None:
    five.begin(dry=False)
    other = Import.objects.get(pk=five.pk)
    running.run(five)
    running.run(other)
    assert other.state == "done" and Contact.objects.count() == 5 and other.told["new"] == 5


def test_what_nobody_expected_ends_the_waiting_and_it_goes_on(five: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    five.begin(dry=False)

    def stumble(self: object, items: list[object]) -> list[object]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        running.run(five, lambda of: monkeypatch.setattr("otklik.desk.imports.kinds.people.People.keep", stumble))
    five.refresh_from_db()
    assert (five.state, five.position, five.can_go_on) == ("failed", 2, True) and five.trouble
    monkeypatch.undo()
    five.begin(dry=False)
    work(five.pk)
    five.refresh_from_db()
    assert (five.state, five.told["new"], Contact.objects.count()) == ("done", 5, 5)


def test_a_whole_desk_goes_on_behind_its_last_batch(
    door: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    of = Takeover.objects.create(system="zendesk", channel=door)
    taking_over.go_on(of, folder=exports.written(tmp_path / "z", exports.ZENDESK, "anna@x.example"))
    of.begin(dry=False)

    def die(self: object, items: list[object]) -> list[object]:
        raise Killed

    def kill(_of: Takeover) -> None:
        if Ticket.objects.exists():
            monkeypatch.setattr("otklik.desk.imports.kinds.requests.Requests.keep", die)

    with pytest.raises(Killed):
        taking_over.go_on(of, kill)
    monkeypatch.undo()
    assert (Contact.objects.count(), Ticket.objects.count()) == (2, 1)
    take_over(of.pk)
    of.refresh_from_db()
    assert (of.state, Contact.objects.count(), Ticket.objects.count()) == ("done", 2, 3)
    assert Message.objects.count() == 9


def test_reading_that_was_killed_begins_anew(door: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = exports.written(tmp_path / "z", exports.ZENDESK, "anna@x.example")
    files = [(path.name, path.open("rb")) for path in sorted(folder.iterdir())]
    of = taking_over.from_files("zendesk", files, door)

    def die(*_arguments: object) -> None:
        raise Killed

    monkeypatch.setattr(taking_over, "_keep_part", die)
    with pytest.raises(Killed):
        taking_over.go_on(of)
    monkeypatch.undo()
    take_over(of.pk)
    of.refresh_from_db()
    assert of.state == "ready" and of.parts.count() == 3


def test_remarks_count_among_the_problems_that_are_kept(door: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST_PROBLEMS", 3)
    monkeypatch.setattr(running, "BATCH", 2)
    rows = "".join(f"{number},open,nobody\n" for number in range(5))
    of = prepared("tickets", io.BytesIO(f"number,status,owner\n{rows}".encode()), "x.csv", "crm")
    of.begin(dry=False)
    running.run(of)
    assert of.told["new"] == 5 and of.problems.count() == 3
