"""Records that no desk ever wrote: each of them costs itself at most, never the others."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from otklik.core import egress
from otklik.core.datamap import aging
from otklik.core.egress import Answer
from otklik.core.journal import clock
from otklik.desk.channels.models import Channel
from otklik.desk.imports.desks.shelf import Shelf
from otklik.desk.imports.desks.zammad_api import ZammadApi
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.personal import FOLDERS
from otklik.desk.imports.reading import Unreadable
from otklik.desk.imports.running import run
from otklik.desk.imports.taking_over import from_files, go_on
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
SOUND = {
    "zendesk": {
        "id": 1,
        "subject": "Цело",
        "requester_id": 7,
        "description": "Слово",
        "created_at": "2025-01-02T03:04:05Z",
    },
    "freshdesk": {
        "id": 1,
        "subject": "Цело",
        "requester_id": 7,
        "description": "Слово",
        "created_at": "2025-01-02T03:04:05Z",
    },
    "zammad": {"id": 1, "title": "Цело", "customer_id": 7, "created_at": "2025-01-02T03:04:05Z"},
}
NESTED = (
    *("comments", "articles", "conversations", "notes", "attachments", "tags", "custom_fields", "via", "stats"),
    *("requester", "fields", "roles"),
)


def moved(system: str, tmp_path: Path, door: Channel, lines: list[str]) -> Takeover:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "tickets.json").write_text("\n".join(lines), encoding="utf-8")
    of = Takeover.objects.create(system=system, channel=door)
    go_on(of, folder=folder)
    if of.state == "ready":
        of.begin(dry=False)
        go_on(of)
    return of


@pytest.mark.parametrize("system", SOUND)
@pytest.mark.parametrize("value", ["слово", 5, True, [1, "два", None], {"a": {"b": 1}}, [[1]]], ids=str)
def test_members_of_any_shape_cost_nothing(system: str, value: object, tmp_path: Path, door: Channel) -> None:
    hostile = SOUND[system] | {"id": 2} | dict.fromkeys(NESTED, value)
    of = moved(system, tmp_path, door, [json.dumps(one, ensure_ascii=False) for one in (hostile, SOUND[system])])
    assert (of.state, of.trouble) == ("done", "")
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("system", SOUND)
@pytest.mark.parametrize(
    "said",
    [
        r"\ud800",
        r"до \u0000 после",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "я" * (10 * 1024 * 1024),
    ],
    ids=["surrogate", "nul", "markup", "ten megabytes"],
)
def test_words_of_any_kind_are_brought_in(system: str, said: str, tmp_path: Path, door: Channel) -> None:
    title = "title" if system == "zammad" else "subject"
    short = "@" if len(said) < 100 else ""
    hostile = json.dumps(SOUND[system] | {"id": 2, "description": short, title: short}, ensure_ascii=False)
    nested = {"zendesk": "comments", "freshdesk": "conversations", "zammad": "articles"}[system]
    hostile = hostile[:-1] + f', "{nested}": [{{"id": 5, "body": "{short}", "html_body": "@", "user_id": "{short}"}}]}}'
    hostile = hostile.replace("@", said.replace('"', r"\""))
    of = moved(system, tmp_path, door, [hostile, json.dumps(SOUND[system], ensure_ascii=False)])
    assert (of.state, of.trouble) == ("done", "")
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("depth", [150, 900, 100_000])
def test_records_of_any_depth_do_not_end_the_move(tmp_path: Path, door: Channel, depth: int) -> None:
    deep = json.dumps(SOUND["zendesk"] | {"id": 2})[:-1] + f', "via": {"[" * depth}{"]" * depth}}}'
    deeper = (
        json.dumps(SOUND["zendesk"] | {"id": 3})[:-1]
        + f', "custom_fields": [{{"id": 1, "value": {"[" * depth}1{"]" * depth}}}]}}'
    )
    of = moved("zendesk", tmp_path, door, [json.dumps(SOUND["zendesk"]), deep, deeper])
    assert (of.state, of.trouble) == ("done", "")
    assert Ticket.objects.filter(subject="Цело").exists()


@pytest.mark.parametrize(
    "moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00Z", "1e400", 1e300, -1, 10**30, "", None]
)
def test_moments_out_of_range_cost_their_request_at_most(tmp_path: Path, door: Channel, moment: object) -> None:
    hostile = SOUND["zendesk"] | {"id": 2, "created_at": moment, "updated_at": moment, "status": "closed"}
    of = moved("zendesk", tmp_path, door, [json.dumps(hostile), json.dumps(SOUND["zendesk"])])
    assert of.state == "done" and Ticket.objects.filter(subject="Цело").exists()


@pytest.mark.parametrize("number", ["2", 2.0, 2.5, "x" * 1000, 10**40, "'; --", r"\ud800"])
def test_numbers_of_any_kind(tmp_path: Path, door: Channel, number: object) -> None:
    hostile = json.dumps(SOUND["zendesk"] | {"id": number}).replace(r"\\u", r"\u")
    of = moved("zendesk", tmp_path, door, [hostile, json.dumps(SOUND["zendesk"])])
    assert of.state == "done" and Ticket.objects.filter(subject="Цело").exists()


def test_what_is_stopped_while_files_are_read_stays_stopped(
    tmp_path: Path, door: Channel, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    export = tmp_path / "tickets.json"
    export.write_text(json.dumps(SOUND["zendesk"]))
    with export.open("rb") as file:
        of = from_files("zendesk", [("tickets.json", file)], door)
    Takeover.objects.get(pk=of.pk).stop()
    go_on(of)
    of.refresh_from_db()
    assert of.state == "stopped" and not Import.objects.exists()
    of.begin(dry=False)
    go_on(of)
    assert of.state == "ready" and not of.folder.exists()


def test_what_a_move_left_on_disk_goes_with_a_person_and_by_the_term(
    tmp_path: Path, door: Channel, settings: object, django_capture_on_commit_callbacks: object
) -> None:
    """An export that was never brought in holds everybody of the other desk."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    export = tmp_path / "tickets.json"
    export.write_text("not an export")
    moves = []
    for state in ("failed", "reading"):
        with export.open("rb") as file:
            moves.append(from_files("zendesk", [("tickets.json", file)], door))
        moves[-1].stand(state)
    failed, going = moves
    assert FOLDERS.rows("person", [1]).count() == 1
    Takeover.objects.update(created_at=clock.now() - timedelta(days=40))
    kind = aging()["moves"]
    rows = kind.rows(None, clock.now() - timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert kind.erase(list(rows.values_list("pk", flat=True))) == 1
    assert not failed.folder.exists() and going.folder.exists()
    failed.begin(dry=False)
    go_on(failed)
    assert failed.state == "failed" and failed.trouble


def test_a_server_without_pages_is_read_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same records for every number of a page."""
    asked: list[str] = []

    def ask(url: str, head: object, **bounds: object) -> Answer:
        asked.append(url)
        assert len(asked) < 20, "it asks for ever"
        rows = [{"id": 1, "login": "a", "firstname": "А"}] if "/users" in url else []
        return Answer(200, "application/json", json.dumps(rows).encode())

    monkeypatch.setattr(egress, "ask", ask)
    with Shelf(tmp_path / "shelf.sqlite") as shelf:
        ZammadApi("https://desk.test", "t", shelf, lambda count: True).read()
        assert shelf.count("users") == 1


def test_an_answer_of_any_depth_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "ask", lambda *about, **bounds: Answer(200, "", b"[" * 100_000 + b"]" * 100_000))
    with Shelf(tmp_path / "shelf.sqlite") as shelf, pytest.raises(Unreadable):
        ZammadApi("https://desk.test", "t", shelf, lambda count: True).read()


def test_an_import_whose_file_was_erased_says_so(door: Channel) -> None:
    of = Import.objects.create(kind="contacts", source="x", name="x.csv", mapping={"a": "name"})
    of.begin(dry=True)
    run(of)
    assert of.state == "failed" and "[Errno" not in of.trouble and of.trouble
