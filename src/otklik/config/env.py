"""Reading variables: typed, with defaults, all mistakes at once and in plain words.

Sources, the first wins: the environment, the file named by OTKLIK_ENV_FILE (else `otklik.env` in the data folder
or the current folder), the default.
"""

import ipaddress
import os
import re
import zoneinfo
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

MAIL_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
NAME_SERVER = re.compile(r"\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?|\[[0-9a-fA-F:]{2,39}\](:\d{1,5})?|[0-9a-fA-F:]{2,39}")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class BadSettings(ValueError):
    """One or more variables cannot be understood; `problems` holds a line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("The settings cannot be used:\n" + "\n".join(f"  - {line}" for line in self.problems))


class Env:
    """Typed look-ups that remember their mistakes; `check()` at the end reports them together."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.asked: set[str] = set()
        self.problems: list[str] = []

    def text(self, name: str, default: str = "", *, among: Iterable[str] = ()) -> str:
        self.asked.add(name)
        value = self.values.get(name, "").strip() or default
        choices = list(among)
        return (
            self._bad(name, f"must be one of {', '.join(choices)}", default)
            if choices and value not in choices
            else value
        )

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name, "on" if default else "off").lower()
        if value in TRUE | FALSE:
            return value in TRUE
        self._bad(name, "must be on or off", "")
        return default

    def number(self, name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
        value = self.text(name, str(default))
        if value.lstrip("-").isdigit() and least <= int(value) <= most:
            return int(value)
        self._bad(name, f"must be a whole number from {least} to {most}", "")
        return default

    def names(self, name: str, default: Iterable[str] = ()) -> list[str]:
        """A list separated by commas or spaces."""
        return self.text(name).replace(",", " ").split() or list(default)

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().absolute()

    def file(self, name: str) -> str:
        """A file that can be read, or nothing."""
        value = self.text(name)
        return self._bad(name, "must be a file that can be read", "") if value and not _readable(value) else value

    def networks(self, name: str) -> list[str]:
        """Addresses and networks: 10.0.0.1, 10.0.0.0/24."""
        given = self.names(name)
        if wrong := [each for each in given if not _is_network(each)]:
            self._bad(name, f"must hold addresses or networks like 10.0.0.0/24, which {wrong[0]!r} is not", "")
        return given

    def name_servers(self, name: str) -> list[str] | None:
        """Addresses of DNS servers, 10.0.0.53 or 10.0.0.53:5353; an empty list for the system's, None for `off`."""
        given = self.names(name)
        if [each.lower() for each in given] == ["off"]:
            return None
        if wrong := [each for each in given if not NAME_SERVER.fullmatch(each)]:
            self._bad(name, f"must hold addresses like 10.0.0.53 or 10.0.0.53:5353, which {wrong[0]!r} is not", "")
            return []
        return given

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        try:
            zoneinfo.ZoneInfo(value)
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            return self._bad(name, "must be the name of a time zone like Europe/Moscow", default)
        return value

    def mail_address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        return value if MAIL_ADDRESS.fullmatch(value) else self._bad(name, "must be like support@example.org", default)

    def web_address(self, name: str, default: str) -> str:
        """scheme://host[:port] without a path."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.path and parts.port != 0
        except ValueError:
            fine = False
        return value if fine else self._bad(name, "must be like https://help.example.org", default)

    def listen(self, name: str, default: str) -> tuple[str, int] | None:
        """host:port or just a port to listen on; None for `off`."""
        value = self.text(name, default)
        if value.lower() in FALSE:
            return None
        host, _, port = value.rpartition(":")
        if port.isdigit() and int(port) < 65536:
            return host.strip("[]") or "127.0.0.1", int(port)
        self._bad(name, "must be like 127.0.0.1:2525, or off", "")
        return None

    def database(self, *names: str) -> dict[str, object] | None:
        """A DATABASES entry from the first of the named variables that is set: postgresql://user:password@host/name."""
        given = [(name, self.text(name)) for name in names]
        name, value = next(((name, value) for name, value in given if value), ("", ""))
        if not value:
            return None
        if (trouble := _trouble_of_database(value)) is not None:
            self._bad(name, f"must be like postgresql://user:password@host:5432/name{trouble}", "")
            return None
        return database_entry(value)

    def check(self) -> None:
        if self.problems:
            raise BadSettings(self.problems)

    def _bad(self, name: str, rule: str, default: str) -> str:
        shown = "(hidden)" if any(word in name for word in ("KEY", "URL", "PASSWORD")) else repr(self.values.get(name))
        self.problems.append(f"{name} is {shown}; it {rule}.")
        return default


def _readable(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.R_OK)


def _is_network(words: str) -> bool:
    try:
        ipaddress.ip_network(words, strict=False)
    except ValueError:
        return False
    return True


def _trouble_of_database(url: str) -> str | None:
    """What is wrong with the address, without repeating it; None when the driver will take it."""
    from psycopg import OperationalError
    from psycopg.pq import Conninfo

    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/") and parts.port != 0
        Conninfo.parse(url.encode())
    except ValueError:
        return ""
    except OperationalError as trouble:
        unknown = re.search(r'query parameter: "(\w+)"', str(trouble))
        return f"; {unknown[1]} is no option of PostgreSQL" if unknown else ""
    return None if fine else ""


def database_entry(url: str) -> dict[str, object]:
    """Also takes a socket folder (postgresql:///name?host=/run/postgresql) and libpq options in the query."""
    parts = urlsplit(url)
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    options = {
        name: unquote(value) for name, value in query.items() if name not in {"host", "port", "user", "password"}
    }
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or query.get("password", "")),
        "HOST": unquote(parts.hostname or query.get("host", "")),
        "PORT": str(parts.port or query.get("port", "")),
        "OPTIONS": options,
    }


def read_environment(folders: Iterable[Path]) -> dict[str, str]:
    """The variables of the settings file, overridden by those of the process."""
    return {**_read_file(_settings_file(folders)), **os.environ}


def _settings_file(folders: Iterable[Path]) -> Path | None:
    if named := os.environ.get("OTKLIK_ENV_FILE"):
        if not Path(named).exists() or Path(named).is_dir():
            raise BadSettings([f"OTKLIK_ENV_FILE is {named!r}; there is no such file."])
        return Path(named)
    return next((folder / "otklik.env" for folder in folders if (folder / "otklik.env").is_file()), None)


def _read_file(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    values, problems = {}, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        name, equals, value = words.removeprefix("export ").partition("=")
        if not equals or not name.strip().isidentifier():
            problems.append(f"{path}, line {number}: expected NAME=value.")
            continue
        values[name.strip()] = _unquoted(value.strip())
    if problems:
        raise BadSettings(problems)
    return values


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
