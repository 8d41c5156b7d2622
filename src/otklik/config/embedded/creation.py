"""Making a new cluster. The locale decides whether Russian search works at all, so the flags are exact."""

import shutil
import subprocess
from pathlib import Path

from otklik.config.embedded.binaries import major_version
from otklik.config.embedded.identity import Identity
from otklik.config.embedded.layout import USER, Layout

# With LC_CTYPE=C pg_trgm silently returns nothing for Cyrillic; which UTF-8 locale exists depends on the system.
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "ru_RU.UTF-8", "UTF-8")


class CreationFailed(RuntimeError):
    """initdb did not make a cluster; the message holds its own words."""


def create(layout: Layout, binaries: Path, identity: Identity, environment: dict[str, str]) -> None:
    """Make the cluster beside its place and move it there at the end: a half-made one is never seen."""
    draft = layout.home / "pg.new"
    layout.make_password()
    words = ""
    for locale in LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        identity.own(draft, layout.password_file)
        made = subprocess.run(
            identity.command(*_command(binaries, draft, layout, locale)),
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
        )
        if made.returncode == 0:
            draft.rename(layout.data)
            return
        words = made.stderr.strip() or made.stdout.strip()
        if "locale" not in words:
            break
    shutil.rmtree(draft, ignore_errors=True)
    raise CreationFailed(f"The database could not be created in {layout.home}:\n{words}")


def _command(binaries: Path, draft: Path, layout: Layout, locale: str) -> list[str | Path]:
    builtin = "PG_UNICODE_FAST" if major_version(binaries) >= 18 else "C.UTF-8"
    return [
        binaries / "initdb",
        *("-D", draft, "-U", USER, "--pwfile", layout.password_file),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"),
        *("--locale-provider=builtin", f"--builtin-locale={builtin}"),
        *(f"--lc-ctype={locale}", "--lc-collate=C", "--lc-messages=C"),
        *("--lc-monetary=C", "--lc-numeric=C", "--lc-time=C"),
        *("--text-search-config=russian", "--no-instructions"),
    ]
