"""The benchmark is honest: the same seed is the same work, medians count, what costs too much is said."""

import asyncio
import json
import subprocess
import sys
from dataclasses import asdict
from email import message_from_bytes
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import corpora, mailbox, maildir, measured, report, scale, storm, words
from benchmarks.client import Form, Run
from benchmarks.corpora import Cost
from benchmarks.desk import Desk, Figures, judged
from benchmarks.history import History
from benchmarks.jobs import JOBS
from benchmarks.lmtp import on_the_wire
from benchmarks.mails import mails
from benchmarks.turns import Turns
from otklik.config.paths import CHECKOUT
from tests.mail.program import free_port


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small vocabulary: composing the large one takes seconds."""
    monkeypatch.setattr(words, "TAIL", 500)
    monkeypatch.setattr(words, "POOL", 3000)


def told(seed: str) -> list[dict[str, object]]:
    return [asdict(matter) for matter in islice(History(seed, 50, [3, 2, 1]).matters(), 50)]


def test_the_same_seed_gives_the_same_history() -> None:
    assert told("one") == told("one") != told("two")


def test_mails_are_letters_from_different_people() -> None:
    letters = [message_from_bytes(raw) for raw in mails("one", 25, 200, "support@desk.test")]

    assert len({letter["Message-ID"] for letter in letters}) == 25
    assert sum(letter.get_content_type() == "multipart/mixed" for letter in letters) == 5
    assert all(letter["To"] == "support@desk.test" and not letter.defects for letter in letters)


@pytest.fixture
def rounds() -> Turns:
    """Three rounds of ten requests; something else kept the machine busy in the second."""
    ours = [Run([1.0] * 10, 1.0, app=app, db=0.02) for app in (0.06, 0.5, 0.08)]
    raw = [Run([1.0] * 10, 1.0, app=0.01, db=db) for db in (0.01, 0.01, 0.09)]
    return Turns(ours, raw)


def test_figures_are_medians_of_the_rounds(rounds: Turns) -> None:
    found = rounds.figures()

    assert found["cpu_ms"] == {"app": 8.0, "db": 2.0, "sum": 10.0, "rounds": [8.0, 52.0, 10.0]}
    assert (found["ratio"], found["db_ratio"]) == (10.0, 2.0)


def test_a_job_over_its_budget_is_named(rounds: Turns) -> None:
    queue = judged("queue page", rounds)

    assert queue["of_budget"] == 1.25 and queue["gate"]["held"]
    assert report.over([queue], 2) == []
    assert report.over([queue], 1) == ["queue page: 1.25 of its budget"]


def test_a_failed_request_is_named_whatever_it_cost(rounds: Turns) -> None:
    rounds.ours[0].failed.append("/queue/mine/: 500, 12 bytes")

    assert report.over([judged("queue page", rounds)], 2) == ["queue page: 1 failed"]


def test_a_form_is_sent_as_a_browser_would() -> None:
    page = '<form action="/a/"><input name="x" value="1"><input type="radio" name="y" value="2"></form><input name="z">'

    assert Form.of(page, "/a/").filled(w="3") == [("x", "1"), ("w", "3")]


def test_a_form_brings_what_is_chosen_and_what_is_written() -> None:
    page = (
        '<form><select name="x"><option value="1"><option value="2" selected></select><select name="y">'
        '<option value="3"><option value="4"></select><textarea name="z">INBOX</textarea>'
        '<input type="checkbox" name="on" checked></form>'
    )

    assert Form.of(page, "").fields == [("x", "2"), ("y", "3"), ("z", "INBOX"), ("on", "on")]


def test_a_form_alone_is_read_as_within_its_page() -> None:
    inner = '<input name="x" value="1"><button formaction="/b/">'
    page = f'<form action="/a/">{inner}</form><form class="y" action="/b/"><textarea name="z">1</textarea></form>'

    assert all(Form.alone(page, action).fields == Form.of(page, action).fields for action in ("/a/", "/b/"))
    assert Form.alone(page, "/b/").fields == [("z", "1")]


def test_an_old_mailbox_has_threads_and_copies_and_counts_them(tmp_path: Path) -> None:
    written = maildir.fill(tmp_path, "archive@desk.test", 300, "one")
    letters = [message_from_bytes(file.read_bytes()) for file in sorted((tmp_path / "cur").iterdir())]
    ids = [letter["Message-ID"] for letter in letters]

    assert (len(letters), len(set(ids))) == (written.letters, written.distinct) and written.letters > written.distinct
    roots = {letter["Message-ID"] for letter in letters if not letter["References"]}
    assert len(roots) == written.threads < written.distinct
    assert all(set(letter["References"].split()) <= set(ids) for letter in letters if letter["References"])
    assert not any(part.defects for letter in letters for part in letter.walk())


def test_what_an_import_lost_or_doubled_is_named() -> None:
    written = maildir.Written(letters=5, distinct=4, threads=3)
    right = {"stored": 4, "filed": 4, "messages": 4, "distinct": 4, "requests": 3, "written_to_clients": 0}

    assert mailbox.wrong(right, written) == []
    assert mailbox.wrong({**right, "requests": 4}, written) == ["requests: 4 instead of 3"]


def test_the_rate_of_an_import_is_told_from_its_beginning_to_its_end() -> None:
    """CPU is told for the letters between two looks of one life: the count begins anew after a death."""
    looks = [
        mailbox.Look(at, filed, filed, filed, 100 + at, 50, 5, cpu=at if at < 11 else at - 11)
        for at, filed in enumerate(range(0, 1001, 50))
    ]
    found = mailbox.figures(looks)

    assert found["rate_by_tenths"] == [50.0] * 10 and found["app_mb_peak"] == 120
    assert found["cpu_ms_by_tenths"] == [20.0] * 10


def test_help_names_the_jobs() -> None:
    command = [sys.executable, "-m", "otklik", "bench", "--help"]
    said = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)

    assert all(name in said.stdout for name in JOBS)


def corpus(folder: Path, **mails: bytes) -> Path:
    for name, raw in mails.items():
        (folder / name).write_bytes(raw)
    (folder / "index.jsonl").write_text("".join(json.dumps({"file": name}) + "\n" for name in mails))
    return folder


def test_real_mails_have_the_line_ends_of_the_wire(tmp_path: Path) -> None:
    folder = corpus(tmp_path, unix=b"From: a\n\n1\n", dos=b"From: b\r\n\r\n2", mac=b"From: c\r\r3")

    assert corpora.letters_of(folder) == [b"From: a\r\n\r\n1\r\n", b"From: b\r\n\r\n2", b"From: c\r\n\r\n3"]


def test_a_copy_of_a_real_mail_is_not_handed_over(tmp_path: Path) -> None:
    folder = corpus(tmp_path, one=b"From: a\n\n1\n", again=b"From: a\n\n1\n", other=b"From: a\n\n2\n")

    assert len(corpora.letters_of(folder)) == 2


def test_without_corpora_the_job_says_so_and_is_no_failure(tmp_path: Path) -> None:
    async def story() -> list[Figures]:
        desk: Desk = SimpleNamespace(corpora=tmp_path)  # type: ignore[assignment]
        return [each async for each in corpora.corpora(desk)]

    (found,) = asyncio.run(story())

    assert str(tmp_path) in report.table([found])
    assert report.over([found], 2) == []


def test_the_way_in_is_set_beside_the_parser_alone() -> None:
    found = corpora.told(100, Cost(app=1.0, db=0.5, wall=2.0), Cost(app=0.3, wall=0.4), [])

    assert (found["cpu_ms"]["sum"], found["per_second"]) == (15.0, 50.0)
    assert (found["email"], found["ratio"], found["slower"]) == ({"cpu_ms": 3.0, "per_second": 250.0}, 5.0, 5.0)


def test_a_storm_is_measured_in_times_of_the_rest() -> None:
    rest, under, whole = Run([10.0] * 30), Run([10.0] * 20 + [40.0] * 10), Run([20.0] * 60)
    found = storm.told(rest, under, whole, [])

    assert (found["at_rest"]["p95_ms"], found["p95_ms"], found["times_rest"]) == (10.0, 40.0, 4.0)
    assert found["until_filed"] == {"p95_ms": 20.0, "times_rest": 2.0}


def test_a_mail_lost_in_a_storm_fails_the_run() -> None:
    found = {"job": "storm", **storm.told(Run([1.0]), Run([1.0]), Run([1.0]), ["1 of 5 accepted mails lost"])}

    assert report.over([found], 2) == ["storm: 1 failed"]


def test_looks_count_in_the_time_in_which_they_began() -> None:
    agents = storm.Agents(SimpleNamespace(), 1)  # type: ignore[arg-type]
    agents.looks = [storm.Look(1, 5, ""), storm.Look(2, 9, "500"), storm.Look(3, 7, "")]

    assert agents.between(1, 2).ms == [5]
    assert agents.between(2, 9).ms == [9, 7] and agents.between(2, 9).failed == ["500"]


def side(p95: float, *failed: str) -> dict[str, object]:
    return {"n": 9, "p50_ms": 10.0, "p95_ms": p95, "failed": list(failed), "cpu_ms": {"app": 4.0, "db": 1.0}}


def test_a_large_desk_may_cost_little_more_than_a_small_one() -> None:
    held = scale.judged("inbox", {"10": side(20.0), "1,000": side(26.0)})
    missed = scale.judged("inbox", {"10": side(20.0), "1,000": side(27.0)})

    assert (held["ratio"], held["cpu_ratio"], held["gate"]["held"], missed["gate"]["held"]) == (1.3, 1.0, True, False)
    assert "MISSED" in scale.table([missed]) and "MISSED" not in scale.table([held])


def test_a_page_that_failed_on_either_desk_fails_the_run() -> None:
    assert scale.judged("inbox", {"10": side(20.0), "1,000": side(20.0, "500")})["failed"] == 1


def test_a_page_of_figures_answers_within_a_second_and_a_report_is_judged_by_its_cpu() -> None:
    quick, slow = measured.told("board", Run([900.0] * 20)), measured.told("board", Run([900.0] * 18 + [1100.0] * 2))
    dear = measured.reported("months", Run([2.0] * 5, app=0.3, db=0.2), 90)

    assert (quick["gate"]["held"], slow["gate"]["held"]) == (True, False)
    assert dear["cpu_ms"]["sum"] == 100.0 and not dear["gate"]["held"]


def test_a_page_of_figures_that_failed_says_how() -> None:
    assert measured.told("board", Run([1.0], failed=["/board/: 500, 9 bytes"]))["troubles"] == ["/board/: 500, 9 bytes"]


def test_a_line_that_begins_with_a_dot_is_protected() -> None:
    assert on_the_wire(b".a\r\n.b\r\nc.\r\n") == b"..a\r\n..b\r\nc.\r\n."


@pytest.mark.slow
def test_mail_goes_through_the_product_and_none_is_lost(tmp_path: Path) -> None:
    real = corpus(tmp_path, one=b"From: a@b.test\n\nHello\n", again=b"From: a@b.test\n\nHello\n", two=b"\xff\x00")
    sizes = ["--tickets", "50", "--storm", "10", "--storm-seconds", "3", "--agents", "2", "--rounds", "1"]
    places = ["--data", str(tmp_path / "data"), "--corpora", str(real), "--port", str(free_port())]
    command = [sys.executable, "-m", "benchmarks", "corpora", "storm", *sizes, *places, "--out", str(tmp_path / "out")]
    said = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)

    assert said.returncode == 0, said.stdout + said.stderr
    mail, stormy, _memory = map(json.loads, (tmp_path / "out").read_text().splitlines())
    assert mail["n"] == mail["filed"] + mail["quarantined"] == 2
    assert stormy["accepted"] == stormy["filed"] == 10
    assert stormy["n"] and stormy["at_rest"]["n"] and stormy["heard"]


@pytest.mark.slow
def test_every_page_of_figures_opens_on_a_desk_of_the_pattern(tmp_path: Path) -> None:
    """How long each takes says nothing here: that all are there, and full, does."""
    sizes = ["--sizes", "3000", "--times", "1", "--data", str(tmp_path / "data"), "--port", str(free_port())]
    command = [sys.executable, "-m", "benchmarks", "measured", *sizes, "--out", str(tmp_path / "out")]
    said = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    found = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]

    assert [each.get("troubles") for each in found if each["failed"]] == [], said.stderr
    opened = {each["job"].split(": ", 1)[1] for each in found}
    assert {"board, vera", "own board: own, marina", "results of a survey, olga", "quality, pavel"} <= opened
    assert {f"{measured.REPORT}, from sums", f"{measured.REPORT}, counted anew"} <= opened
