"""HARDEN-2: what is locked is installed, what it is made of, what is known of it, who signed it, how old it may be."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from packaging.requirements import Requirement

from otklik.config.cli import Trouble, main
from otklik.config.cli.session import refuse_too_old
from otklik.config.doctor import versions
from otklik.config.health import safety
from otklik.config.paths import CHECKOUT, PACKAGE
from otklik.config.supply import audit, bill, floors, lock

HASH = "a" * 64
PINNED = f"one==1.0 \\\n    --hash=sha256:{HASH}\n"


# -- pinned and installed


def test_HARDEN_2_exactly_what_is_locked_is_installed() -> None:
    assert list(lock.problems(lock.DEVELOPERS)) == []
    assert {each.name for each in lock.read(lock.CORE)} <= {each.name for each in lock.read(lock.DEVELOPERS)}


@pytest.mark.parametrize(
    "line", ["one>=1.0", "one @ https://host.test/one.whl", "-e .", "--index-url https://host.test"]
)
def test_HARDEN_2_a_lock_names_pinned_versions_alone(line: str) -> None:
    with pytest.raises(ValueError, match="not a pinned version"):
        list(lock.parse(f"{PINNED}{line}\n"))


def test_HARDEN_2_the_check_names_what_differs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / lock.CORE).write_text(
        f"django==1.0 \\\n    --hash=sha256:{HASH}\nnowhere-at-all==2.0 \\\n    --hash=sha256:{HASH}\npillow==0.1\n"
        f"other-machine==1.0 ; sys_platform == 'none' \\\n    --hash=sha256:{HASH}\n"
    )
    real = lock.read
    monkeypatch.setattr(lock, "read", lambda name: real(name, tmp_path))
    told = list(lock.problems(lock.CORE))
    assert [words.split()[0] for words in told] == ["django", "nowhere-at-all", "requirements.lock:", "pillow"]
    assert "pillow is not pinned by hash" in told[2]


# -- the bill of materials


def test_HARDEN_2_the_bill_of_materials_names_every_locked_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "otklik.cdx.json"
    assert main(["sbom", "--out", str(out)]) == 0
    told = json.loads(out.read_text())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", told["serialNumber"])
    locked = lock.read()
    assert {part["purl"] for part in told["components"]} == {f"pkg:pypi/{each.name}@{each.version}" for each in locked}
    assert all(part["properties"] for part in told["components"])
    references = [part["bom-ref"] for part in told["components"]]
    assert len(set(references)) == len(references) and told["dependencies"][0]["dependsOn"] == references
    assert bill.bill_of(locked) == bill.bill_of(reversed(locked)), "the order of the lock changes nothing"
    assert main(["sbom"]) == 0
    assert json.loads(capsys.readouterr().out) == told


# -- known vulnerabilities


def advisory(*events: dict[str, str], name: str = "One", **more: Any) -> audit.Record:
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": [*events]}]}
    return {"id": "X-1", "affected": [affected], **more}


@pytest.mark.parametrize(
    ("version", "events", "hit"),
    [
        ("1.0", [{"introduced": "0"}, {"fixed": "1.1"}], True),
        ("1.1", [{"introduced": "0"}, {"fixed": "1.1"}], False),
        ("1.10", [{"introduced": "0"}, {"fixed": "1.9"}], False),
        ("2.0", [{"introduced": "0"}, {"fixed": "1.1"}, {"introduced": "2.0"}], True),
        ("1.5", [{"introduced": "0"}, {"last_affected": "1.5"}], True),
        ("1.6", [{"introduced": "0"}, {"last_affected": "1.5"}], False),
        ("1.0", [{"introduced": "1.1"}], False),
    ],
)
def test_HARDEN_2_a_vulnerable_version_is_known_by_its_range(
    version: str, events: list[dict[str, str]], hit: bool
) -> None:
    locked = [lock.Locked("one", version, "", (HASH,))]
    assert bool(list(audit.found(locked, [advisory(*events)]))) is hit
    assert not list(audit.found(locked, [advisory(*events, name="two")]))
    assert not list(audit.found(locked, [advisory(*events, withdrawn="2026-01-01T00:00:00Z")]))


def test_HARDEN_2_the_audit_names_the_hit_and_where_it_is_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr("X-1.json", json.dumps(advisory({"introduced": "0"}, {"fixed": "999"}, name="Django")))
    assert main(["advisories", "--advisories", str(packed)]) == 1
    assert re.search(r"django [\d.]+: X-1 .*repaired in 999", capsys.readouterr().out)
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "X-2.json").write_text(
        json.dumps(advisory({"introduced": "0"}, {"fixed": "0.1"}, name="Django"))
    )
    assert main(["advisories", "--advisories", str(tmp_path / "clean")]) == 0


def test_HARDEN_2_without_advisories_the_audit_says_that_it_did_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OTKLIK_ADVISORIES", raising=False)
    assert main(["advisories"]) == 77
    assert main(["advisories", "--advisories", str(tmp_path / "nowhere")]) == 77
    assert capsys.readouterr().out.count("not run") == 2
    (tmp_path / "empty").mkdir()
    assert main(["advisories", "--advisories", str(tmp_path / "empty")]) == 1, "nothing compared is no clean answer"


# -- the release


def test_HARDEN_2_a_release_is_signed_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    if not shutil.which("ssh-keygen") or not (CHECKOUT / ".git").exists():
        pytest.skip("needs ssh-keygen and a git checkout")
    key, place = tmp_path / "key", tmp_path / "release"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    copied = tmp_path / "checkout"
    subprocess.run(["git", "clone", "-q", "--shared", str(CHECKOUT), str(copied)], check=True)
    shutil.copy(CHECKOUT / ".ci" / "release", copied / ".ci" / "release")
    (copied / "otklik").write_text(f'#!/bin/sh\nexec {sys.executable} -m otklik "$@"\n')
    surroundings = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src")}
    unsigned = subprocess.run([copied / ".ci" / "release", place], env=surroundings, capture_output=True, text=True)
    assert unsigned.returncode == 1 and "NOT SIGNED" in unsigned.stderr, unsigned.stderr
    surroundings["OTKLIK_SIGNING_KEY"] = str(key)
    subprocess.run([copied / ".ci" / "release", place], env=surroundings, check=True, capture_output=True)
    signers = tmp_path / "signers"
    signers.write_text(f"release@otklik {key.with_suffix('.pub').read_text()}")
    verify = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", "release@otklik", "-n", "otklik-release", "-s"]

    def is_genuine() -> bool:
        sums = (place / "SHA256SUMS").read_bytes()
        signed = subprocess.run([*verify, place / "SHA256SUMS.sig"], input=sums, capture_output=True)
        kept = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=place, capture_output=True)
        return signed.returncode == 0 and kept.returncode == 0

    assert is_genuine()
    told = place / "otklik.cdx.json"
    told.write_text(told.read_text().replace("django", "djangо"))
    assert not is_genuine()
    sums = subprocess.run(["sha256sum", "otklik.tar.gz", told.name], cwd=place, capture_output=True, text=True).stdout
    (place / "SHA256SUMS").write_text(sums)
    assert not is_genuine(), "who makes new sums has no key for them"


# -- nothing from elsewhere


def test_HARDEN_2_no_page_loads_anything_from_elsewhere() -> None:
    """Addresses that a browser follows by itself; links that a person presses are another thing."""
    loads = re.compile(
        r"""(?:<(?:script|img|iframe|source|video|audio|embed|object|use)\b[^>]*\b(?:src|data|href)=|<link\b[^>]*\bhref=|"""
        r"""url\(|@import|import\s*\(?|importScripts\(|fetch\(|EventSource\(|XMLHttpRequest|sendBeacon\()\s*["']?(?:https?:)?//""",
        re.IGNORECASE,
    )
    assert loads.search('<script defer src="https://host.test/x.js">') and loads.search("url(//host.test/x)")
    found = [
        f"{path.relative_to(PACKAGE)}: {hit[0]}"
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".html", ".css", ".js", ".svg"} and "tests" not in path.parts
        for hit in [loads.search(path.read_text())]
        if hit
    ]
    assert found == []


# -- how old it may be


def test_HARDEN_2_floors_are_not_below_those_of_the_project() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    asked = {wanted.name: wanted for wanted in map(Requirement, project["dependencies"])}
    for name, floor in floors.PACKAGES.items():
        lowest = next(each.version for each in asked[name].specifier if each.operator == ">=")
        assert floor >= floors.numbers(lowest), name


@pytest.mark.django_db
def test_HARDEN_2_these_versions_are_served_with() -> None:
    assert floors.too_old_programs() == [] and safety.unsafe_versions() == []
    refuse_too_old()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (160_010, "16 is too old"),
        (170_006, "17.6 has known"),
        (180_000, "18.0 has known"),
        (170_007, ""),
        (190_000, ""),
    ],
)
def test_HARDEN_2_an_old_postgresql_is_named(number: int, words: str) -> None:
    told = floors.too_old_postgres(number)
    assert words in told[0] if words else told == []


@pytest.mark.django_db
def test_HARDEN_2_old_programs_are_refused_at_the_start_and_at_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 4, "final", 0))
    monkeypatch.setattr(ssl, "OPENSSL_VERSION_INFO", (1, 1, 1, 23, 15))
    monkeypatch.setattr(ssl, "OPENSSL_VERSION", "OpenSSL 1.1.1w")
    monkeypatch.setitem(floors.PACKAGES, "nh3", (99,))
    monkeypatch.setattr(floors, "POSTGRES", {17: 7, 18: 99})
    with pytest.raises(Trouble) as refused:
        refuse_too_old()
    for words in ("Python 3.12.4", "OpenSSL 1.1.1w", "nh3", "99 or newer"):
        assert words in str(refused.value)
    assert len(safety.unsafe_versions()) == 3
    with connection.cursor() as cursor:
        assert any("known defects" in reason for reason in safety.unsafe_database(cursor))
    assert [each.level for each in versions.examine()].count("bad") == 3


def test_HARDEN_2_a_newer_patch_is_advised_where_a_system_may_have_repaired_the_old_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 7, "final", 0))
    monkeypatch.setattr(ssl, "OPENSSL_VERSION_INFO", (3, 0, 0, 2, 0))
    assert [name for name, _ in floors.advised()] == ["Python 3.12.7", "OpenSSL 3.0.2"]
    assert "warning" in [each.level for each in versions.examine()]
    assert floors.too_old_programs() == []
