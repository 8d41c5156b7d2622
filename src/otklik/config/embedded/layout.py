"""Where the files of one cluster lie, and what they say."""

import hashlib
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

USER = "otklik"
APPLICATION = "otklik_app"
"""As whom the product works; the other one owns the tables and changes them."""
LONGEST_SOCKET_FOLDER = 80  # bytes; the kernel's limit for the whole socket path is about 104


@dataclass(frozen=True)
class Layout:
    """The folders and files of a cluster under `home` (the data folder of the product)."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "pg"

    @property
    def lock(self) -> Path:
        return self.home / "pg.lock"

    @property
    def log(self) -> Path:
        return self.home / "pg.log"

    @property
    def password_file(self) -> Path:
        return self.home / "pg.password"

    @property
    def application_password_file(self) -> Path:
        return self.home / "pg.app-password"

    @cached_property
    def socket_folder(self) -> Path:
        """Private folder for the socket; beside the data when the path is short enough."""
        beside = self.home / "run"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        base = Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())
        return base / f"otklik-{os.geteuid()}-{digest}"

    def password(self) -> str:
        """The password of the cluster's owner; empty before the cluster was made."""
        try:
            return self.password_file.read_text().strip()
        except OSError:
            return ""

    def make_password(self) -> str:
        if not self.password():
            write_private(self.password_file, secrets.token_urlsafe(32))
        return self.password()

    def application_password(self) -> str:
        """Made when it is missing: the role then gets this one."""
        if not self.application_password_file.exists():
            write_private(self.application_password_file, secrets.token_urlsafe(32))
        return self.application_password_file.read_text().strip()

    def make_folders(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        private_folder(self.socket_folder)


def write_private(path: Path, text: str) -> None:
    """Write a secret that only its owner may read, in one step."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def private_folder(path: Path) -> None:
    """Make a 0700 folder; refuse one that somebody else prepared for us in a shared place."""
    path.mkdir(mode=0o700, exist_ok=True)
    seen = path.lstat()
    if not stat.S_ISDIR(seen.st_mode) or (os.geteuid() != 0 and seen.st_uid != os.geteuid()):
        raise PermissionError(f"{path} is not a folder of ours")
    path.chmod(0o700)
