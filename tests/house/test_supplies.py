"""What we are built from: pinned by hash, no address of a registry anywhere, the start script for old Pythons."""

import ast
import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from otklik.config.paths import CHECKOUT

# Written in pieces, so that this file does not contain them itself.
ADDRESSES = re.compile(
    r"pypi\.or" + "g|python" + r"hosted\.or" + "g|npm" + r"js\.(?:or" + "g|com)|unpk" + "g|jsdeliv" + "r"
)
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def test_no_tracked_file_names_a_registry() -> None:
    found = []
    for name in tracked():
        path = CHECKOUT / name
        if path.is_file() and ADDRESSES.search(path.read_bytes().decode("utf-8", errors="ignore")):
            found.append(name)
    assert found == []


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", []), ("requirements-dev.lock", ["dev"])], ids=["core", "dev"]
)
def test_the_lock_satisfies_the_project(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *(each for group in groups for each in project["dependency-groups"][group]),
    ]
    versions = {_plain(name): version for name, version in LOCKED.findall((CHECKOUT / lock).read_text())}
    for words in wanted:
        requirement = Requirement(words)
        version = versions.get(_plain(requirement.name))
        assert version, f"{requirement.name} is not in {lock}"
        assert requirement.specifier.contains(version), f"{lock} has {requirement.name} {version}, wanted {words}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_HARDEN_2_every_locked_package_is_pinned_by_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (CHECKOUT / lock).read_text().strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_developers_lock_contains_the_other_one() -> None:
    core, dev = (
        set(LOCKED.findall((CHECKOUT / name).read_text())) for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert core <= dev


def test_the_start_script_is_understood_by_python_3_8() -> None:
    tree = ast.parse((CHECKOUT / "otklik").read_text(), feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= {"fcntl", "glob", "hashlib", "os", "shutil", "subprocess", "sys", "time"}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
