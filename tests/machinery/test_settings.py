"""Variables are read with their types, mistakes are named together, secrets stay out of logs."""

import json
import logging
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import get_language, override

from otklik.config.cli import doctor
from otklik.config.doctor import Finding, disk
from otklik.config.env import BadSettings, Env, database_entry, read_environment
from otklik.config.logs import hide_secrets
from otklik.config.mailers import mail_door, mailer
from otklik.config.paths import CHECKOUT


def test_a_settings_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "otklik.env").write_text('# comment\nexport OTKLIK_A="from file"\nOTKLIK_B=file\n')
    monkeypatch.delenv("OTKLIK_ENV_FILE", raising=False)
    monkeypatch.setenv("OTKLIK_B", "environment")
    values = read_environment([tmp_path])
    assert (values["OTKLIK_A"], values["OTKLIK_B"]) == ("from file", "environment")


def test_a_broken_line_of_the_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "otklik.env").write_text("OTKLIK_A=1\nthis is not a setting\n")
    monkeypatch.delenv("OTKLIK_ENV_FILE", raising=False)
    with pytest.raises(BadSettings, match="line 2"):
        read_environment([tmp_path])


def test_all_mistakes_are_reported_together_and_secrets_are_not_repeated() -> None:
    env = Env({"A": "maybe", "B": "-5", "C": "ftp://x", "D": "no port", "DATABASE_URL": "mysql://u:hush@h/n"})
    (
        env.flag("A"),
        env.number("B", 1),
        env.web_address("C", ""),
        env.listen("D", "off"),
        env.database("DATABASE_URL"),
    )
    with pytest.raises(BadSettings) as caught:
        env.check()
    assert len(caught.value.problems) == 5
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("ask", "value", "named"),
    [
        ("time_zone", "Mars/Olympus", "time zone"),
        ("time_zone", "../../etc/passwd", "time zone"),
        ("mail_address", "Otklik <support@example.org>", "support@example.org"),
        ("mail_address", "nobody", "support@example.org"),
        ("networks", "10.0.0.0/8, the-proxy", "the-proxy"),
        ("file", "/nowhere/cert.pem", "file"),
    ],
)
def test_a_value_that_would_only_fail_later_is_refused_at_once(ask: str, value: str, named: str) -> None:
    env = Env({"A": value})
    getattr(env, ask)("A", *(["default"] if ask in {"time_zone", "mail_address"} else []))
    with pytest.raises(BadSettings, match=f"A is .*{named}"):
        env.check()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("postgresql://u:hush@host:abc/x", "must be like"),
        ("postgresql://u:hush@host/x?sslmod=require", "sslmod is no option"),
        ("postgresql://u:hush@host", "must be like"),
        ("postgresql://u:hush@[host/x", "must be like"),
    ],
)
def test_an_address_that_the_driver_cannot_take_is_refused_at_once(address: str, named: str) -> None:
    env = Env({"DATABASE_URL": address})
    assert env.database("DATABASE_URL") is None
    with pytest.raises(BadSettings, match=named) as caught:
        env.check()
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("address", ["smtp://host:abc", "nonsense", "http://host", "smtp://", "smtp://[host"])
def test_a_broken_address_of_the_mail_server_is_named(address: str, tmp_path: Path) -> None:
    env = Env({})
    mailer(address, tmp_path, env)
    with pytest.raises(BadSettings, match="OTKLIK_SMTP_URL"):
        env.check()


def test_the_highest_ports_have_no_room_for_mail_beside_them() -> None:
    assert mail_door(8000, 25) == "127.0.0.1:8025"
    assert mail_door(65520, 25) == mail_door(0, 25) == "off"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://anna:p%40ss@db:5433/otklik", ("otklik", "anna", "p@ss", "db", "5433")),
        ("postgres:///otklik?host=/run/postgresql&user=anna", ("otklik", "anna", "", "/run/postgresql", "")),
        ("postgresql://[::1]/x", ("x", "", "", "::1", "")),
    ],
)
def test_database_addresses_of_all_shapes(url: str, expected: tuple[str, ...]) -> None:
    entry = database_entry(url)
    assert tuple(entry[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_options_of_the_address_reach_the_driver() -> None:
    assert database_entry("postgresql://h/x?sslmode=verify-full")["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    ("scheme", "tls", "ssl"), [("smtp", True, False), ("smtps", False, True), ("smtp+plain", False, False)]
)
def test_letters_never_fall_back_to_clear_text(scheme: str, tls: bool, ssl: bool, tmp_path: Path) -> None:
    options = mailer(f"{scheme}://u:p%3A@mail.example.org", tmp_path, Env({}))["OPTIONS"]
    assert (options["use_tls"], options["use_ssl"], options["password"]) == (tls, ssl, "p:")


def test_secrets_are_hidden_by_name_at_any_depth_and_inside_texts() -> None:
    event = {
        "event": "sent Authorization: Bearer abc.def",
        "password": "hush",
        "job": {"args": {"api_key": "hush", "ticket": 7}},
        "url": "postgresql://anna:hush@db/otklik",
        "link": "/reset?token=hush&x=1",
    }
    cleaned = json.dumps(hide_secrets(None, "", event))
    assert "hush" not in cleaned
    assert "abc.def" not in cleaned
    assert '"ticket": 7' in cleaned


def test_a_log_record_with_line_breaks_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    from otklik.config.logs import logging_settings

    formatter = logging_settings("INFO", "json")["formatters"]["line"]
    record = logging.LogRecord("x", logging.INFO, "", 0, "subject: %s", ("a\nb\u2028c",), None)
    line = formatter["()"](foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]).format(
        record
    )
    assert "\n" not in line
    assert json.loads(line)["event"].startswith("subject: a")


def variables_read() -> set[str]:
    from otklik.config.settings import env

    return {name for name in env.asked if name.startswith(("OTKLIK_", "DATABASE_URL"))}


@pytest.mark.parametrize("document", ["docs/operations.md", "otklik.env.example"])
def test_every_variable_is_documented(document: str) -> None:
    words = set(re.findall(r"\b(?:OTKLIK_[A-Z_]+|DATABASE_URL)\b", (CHECKOUT / document).read_text()))
    assert variables_read() - words == set()


def test_the_doctor_looks_at_the_disk_of_the_files_too(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path / "not yet", Path(__file__).parent / "files"
    assert [each.words.partition(" in ")[2] for each in disk.examine()] == [str(tmp_path), str(Path(__file__).parent)]
    settings.FILES_DIR = tmp_path / "not yet" / "files"
    assert len(list(disk.examine())) == 1


def test_the_doctor_speaks_english_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "working_database", lambda **_: nullcontext())
    monkeypatch.setattr(doctor, "findings", lambda sources: [Finding("good", "mail", str(get_language()))])
    with override("ru"):
        assert doctor.examined()[-1].words == "en"
