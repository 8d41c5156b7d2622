"""One embedded cluster: create, start, adopt, stop."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from otklik.config.embedded.binaries import find_binaries
from otklik.config.embedded.creation import CreationFailed, create
from otklik.config.embedded.identity import Identity, current_identity
from otklik.config.embedded.layout import APPLICATION, USER, Layout
from otklik.config.embedded.postmaster import live_postmaster

START_SECONDS = 60
STOP_SECONDS = 30
PORT = 5432  # names the socket file only: nothing listens on the network

ROOT_HELP = (
    "PostgreSQL refuses to run as root, and neither a user namespace nor the user nobody can be used here.\n"
    "Run as an ordinary user, or put --data (and the checkout) where the user nobody can reach them,\n"
    "or set DATABASE_URL to an existing PostgreSQL."
)


class ClusterError(RuntimeError):
    """The embedded database cannot run; the message is meant for the person at the terminal."""


class Busy(ClusterError):
    """Another program of ours works on the same data folder."""


class Cluster:
    """The embedded PostgreSQL under a data folder. Use as a context manager, or `start()` and `stop()`.

    `settings` are server parameters; `bound` ties the server's life to this process (not wanted in tests,
    where several runs share one server); `holder` tells others who has the folder.
    """

    def __init__(
        self, home: Path, settings: Mapping[str, str] | None = None, *, bound: bool = True, holder: str = ""
    ) -> None:
        self.layout = Layout(home.resolve())
        self.settings = dict(settings or {})
        self.bound = bound
        self.holder = holder or f"process {os.getpid()}"
        self.child: subprocess.Popen[bytes] | None = None
        self._pid: int | None = None
        self._lock: IO[str] | None = None

    # life ------------------------------------------------------------------------------------------------

    def start(self, *, wait: float = 10) -> None:
        """Create the cluster when missing and start it; one that already runs here is adopted.

        Raises Busy when another of our programs holds the folder for longer than `wait` seconds.
        """
        self.layout.make_folders()
        self._take_lock(wait)
        try:
            binaries = find_binaries()
            identity = self._identity(binaries)
            if not self.exists():
                create(self.layout, binaries, identity, self._environment())
            self._start_or_adopt(binaries, identity)
        except CreationFailed as trouble:
            self._release_lock()
            raise ClusterError(str(trouble)) from None
        except BaseException:
            self._release_lock()
            raise

    def stop(self) -> None:
        """Fast shutdown of the server we started or adopted: clients are cut, everything committed stays."""
        if self._pid is not None:
            self._end(self._pid)
            self._pid = self.child = None
        self._release_lock()

    def restart(self) -> None:
        """Start again a server that ended by itself, under the lock we already hold."""
        binaries = find_binaries()
        self._start_or_adopt(binaries, self._identity(binaries))

    def let_go(self) -> None:
        """Leave the server running and the folder free for others; only for servers that are not `bound`."""
        self._pid = self.child = None
        self._release_lock()

    def holder_now(self) -> str:
        """Who holds the folder at this moment; empty when nobody does."""
        try:
            with self.layout.lock.open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return ""
        except BlockingIOError:
            return self.layout.lock.read_text().strip() or "another program"
        except OSError:
            return ""

    def exists(self) -> bool:
        return (self.layout.data / "PG_VERSION").exists()

    def is_running(self) -> bool:
        found = live_postmaster(self.layout.data)
        return found is not None and found.ready

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # how to reach it -------------------------------------------------------------------------------------

    def django_database(self, name: str = "otklik") -> dict[str, str]:
        """The part of a DATABASES entry that leads here."""
        return {
            "NAME": name,
            "USER": USER,
            "PASSWORD": self.layout.password(),
            "HOST": str(self.layout.socket_folder),
            "PORT": str(PORT),
        }

    def application_database(self, name: str = "otklik") -> dict[str, str]:
        """The same for the role as which the product works."""
        return {**self.django_database(name), "USER": APPLICATION, "PASSWORD": self.layout.application_password()}

    def conninfo(self, name: str = "postgres") -> dict[str, Any]:
        """Keyword arguments for psycopg.connect()."""
        entry = self.django_database(name)
        return {
            "dbname": name,
            "user": USER,
            "password": entry["PASSWORD"],
            "host": entry["HOST"],
            "port": entry["PORT"],
        }

    def ensure_database(self, name: str = "otklik") -> None:
        """Make the product's database in a new cluster."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(**self.conninfo(), autocommit=True) as connection:
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchall():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def ensure_application_role(self) -> None:
        """The role as which the product works, with the password of its file."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(**self.conninfo(), autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchall()
            if known and self.layout.application_password_file.exists():
                return
            words = "ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}"
            password = sql.Literal(self.layout.application_password())
            connection.execute(sql.SQL(words).format(sql.Identifier(APPLICATION), password))

    # steps -----------------------------------------------------------------------------------------------

    def _identity(self, binaries: Path) -> Identity:
        identity = current_identity(binaries, self.layout.home)
        if identity is None:
            raise ClusterError(ROOT_HELP)
        identity.own(self.layout.data, self.layout.socket_folder)
        return identity

    def _start_or_adopt(self, binaries: Path, identity: Identity) -> None:
        """Retry for a while: right after a crash the old server may still be dying."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            found = live_postmaster(self.layout.data)
            if found is None:
                self._launch(binaries, identity)
                if self._came_up(deadline):
                    return
            elif found.ready:
                self._pid = found.pid
                return
            if time.monotonic() > deadline:
                raise ClusterError(f"The database did not start. The last words of its log:\n{self.log_tail()}")
            time.sleep(0.05)

    def _launch(self, binaries: Path, identity: Identity) -> None:
        command: list[str | Path] = [binaries / "postgres", "-D", self.layout.data, *self._options()]
        with self.layout.log.open("ab") as log:
            self.child = subprocess.Popen(
                identity.command(*command, tied=self.bound),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal is for the supervisor, which stops us in order
            )

    def _came_up(self, deadline: float) -> bool:
        """True when our child is ready; False when it ended (and may be tried again)."""
        child = self.child
        assert child is not None
        while time.monotonic() < deadline:
            found = live_postmaster(self.layout.data)
            if found and found.ready and found.pid == child.pid:
                self._pid = child.pid
                return True
            if child.poll() is not None:
                if "lock file" not in self.log_tail():
                    raise ClusterError(f"The database did not start. The last words of its log:\n{self.log_tail()}")
                return False
            time.sleep(0.02)
        return False

    def _options(self) -> list[str]:
        folder = str(self.layout.socket_folder).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": f'"{folder}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            "random_page_cost": "1.1",
            **self.settings,
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _environment(self) -> dict[str, str]:
        """A plain locale and no PG* variables of the user: neither may steer our server."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        return {**kept, "LC_ALL": "C"}

    def _end(self, pid: int) -> None:
        for sent, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            try:
                os.kill(pid, sent)
            except ProcessLookupError:
                return
            if self._ended(pid, seconds):
                return

    def _ended(self, pid: int, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.child is not None and self.child.poll() is not None:
                return True
            if self.child is None and live_postmaster(self.layout.data) is None:
                return True
            time.sleep(0.01)
        return False

    # one supervisor per folder -----------------------------------------------------------------------------

    def _take_lock(self, wait: float) -> None:
        lock = self.layout.lock.open("a+")
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    lock.seek(0)
                    holder = lock.read().strip()
                    lock.close()
                    raise Busy(f"Another Otklik already works on {self.layout.home} ({holder}).") from None
                time.sleep(0.05)
        lock.truncate(0)
        lock.write(self.holder)
        lock.flush()
        self._lock = lock

    def _release_lock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def log_tail(self, lines: int = 15) -> str:
        try:
            return "\n".join(self.layout.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return "(no log)"
