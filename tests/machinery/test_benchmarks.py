"""The benchmark is honest: the same seed is the same work, medians count, what costs too much is said."""

import subprocess
import sys
from dataclasses import asdict
from email import message_from_bytes
from itertools import islice

import pytest

from benchmarks import report, words
from benchmarks.client import Form, Run
from benchmarks.desk import judged
from benchmarks.history import History
from benchmarks.jobs import JOBS
from benchmarks.mails import mails
from benchmarks.turns import Turns
from otklik.config.paths import CHECKOUT


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


def test_help_names_the_jobs() -> None:
    command = [sys.executable, "-m", "otklik", "bench", "--help"]
    said = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)

    assert all(name in said.stdout for name in JOBS)
