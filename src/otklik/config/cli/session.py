"""The database and Django, ready for a command."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from otklik.config.cli import Trouble
from otklik.config.embedded import Cluster
from otklik.config.paths import data_folder
from otklik.config.terminal import Progress
from otklik.config.translations import compile_stale


class NoDatabase(Trouble):
    """The configured database does not answer."""


@contextmanager
def working_database(
    *, holder: str, own: bool = False, migrated: bool = False, changing: bool = False, progress: Progress | None = None
) -> Iterator[Cluster | None]:
    """Settings loaded, database reachable, Django set up; yields the embedded cluster if there is one.

    A server that `otklik up` runs on the same folder is used and left running; otherwise ours is started for
    the time of the command. `own`: the server has to be ours, for we are the supervisor. `migrated`: the tables
    have to be of this version; our own are brought to it, those of others are not touched without being asked.
    `changing`: the command changes tables, which only their owner may; all others work as the application's role,
    the supervisor once the tables are of this version.
    """
    from django.conf import settings

    if settings.EXTERNAL_DATABASE:
        _set_up(progress)
        if migrated:
            _refuse_old_tables()
            _say_who(holder)
        yield None
        return
    cluster = Cluster(settings.DATA_DIR, holder=holder)
    with _running(cluster, own, progress):
        settings.DATABASES["default"].update(cluster.django_database())
        _set_up(progress)
        if migrated:
            _bring_tables(progress)
        if not changing and not own:
            work_as_application(cluster)
        if migrated:
            _say_who(holder)
        yield cluster


def refuse_too_old() -> None:
    """Before anybody is served: versions whose defects we rely on being repaired. Needs the database."""
    from django.db import connection

    from otklik.config.supply.floors import too_old_postgres, too_old_programs

    connection.ensure_connection()
    reasons = [*too_old_programs(), *too_old_postgres(connection.connection.info.server_version)]
    if reasons:
        raise Trouble(" ".join(reasons))


def work_as_application(cluster: Cluster | None) -> None:
    """From now on connections are of the role that cannot change the audit trail, if it was let in already."""
    from django.conf import settings
    from django.db import connection

    from otklik.config.database import roles
    from otklik.config.database.migration import pending

    if cluster is None or pending():
        return
    with roles.turn(connection):
        cluster.ensure_application_role()
        entry = cluster.application_database()
        if not roles.may_work(connection, entry["USER"]):
            roles.grant(connection, entry["USER"])
    _disconnect()
    settings.DATABASES["default"].update(entry)
    connection.settings_dict.update(entry)


def holder_words(pid: int, port: int, address: str) -> str:
    """What others are told about an Otklik that holds a data folder; `running_port` reads it."""
    return f"process {pid}, port {port}, {address}"


def running_port() -> str | None:
    """The web port of the `otklik up` that works on the data folder now."""
    found = re.search(r"port (\d+)", Cluster(data_folder()).holder_now())
    return found[1] if found else None


@contextmanager
def _running(cluster: Cluster, own: bool, progress: Progress | None) -> Iterator[None]:
    if not own and cluster.is_running():
        yield
        return
    steps = progress or Progress()
    fresh = not cluster.exists()
    with steps.step("Creating the database" if fresh else "Starting the database"):
        cluster.start(wait=3 if own else 15)
        cluster.ensure_database()
    try:
        yield
    finally:
        _disconnect()
        cluster.stop()


def load_program(progress: Progress | None = None) -> None:
    """Django with our apps.  Texts are compiled before: Django reads a catalogue once, and a missing one never."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    compile_stale()
    with progress.step("Loading the program") if progress else nullcontext():
        django.setup()


def _set_up(progress: Progress | None) -> None:
    load_program(progress)
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as trouble:
        raise NoDatabase(f"The database does not answer: {trouble}") from None


def _refuse_old_tables() -> None:
    from otklik.config.database.migration import pending

    if waiting := pending():
        raise Trouble(f"{len(waiting)} migrations wait. Run `otklik migrate` first.")


def _say_who(holder: str) -> None:
    """The audit trail names the command that acts."""
    from otklik.core.audit.door import tell_console

    tell_console(holder)


def _bring_tables(progress: Progress | None) -> None:
    from otklik.config.database.migration import migrate, pending

    if pending():
        with (progress or Progress()).step("Preparing the tables"):
            migrate()


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()
