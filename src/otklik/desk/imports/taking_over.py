"""Moving from another desk: its export is read to the shelf, written as files of the kinds of import, and brought in.

Each step can be begun anew after any end: reading files is repeated, reading a server goes on behind the last page, an
import goes on behind its last batch.
"""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.staff import seal
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.imports.desks import DESKS, Desk
from otklik.desk.imports.desks.base import PARTS
from otklik.desk.imports.desks.collecting import Stopped, collect, files_of
from otklik.desk.imports.desks.shelf import Shelf
from otklik.desk.imports.desks.zammad_api import ZammadApi
from otklik.desk.imports.kinds import fields_of
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.preparing import look
from otklik.desk.imports.reading import Unreadable
from otklik.desk.imports.running import TROUBLE, run

type Progress = Callable[[Takeover], object]
type Sent = Iterable[tuple[str, IO[bytes]]]

KINDS_OF_BROKEN = {"organizations": "organisations", "companies": "organisations", "organization": "organisations"}
PEOPLE = frozenset(("users", "contacts", "user", "agents"))


def from_files(system: str, files: Sent, channel: Channel, *, source: str = "", by: User | None = None) -> Takeover:
    """A move whose files are kept until they are read; `source` names the desk where there are two of the system."""
    of = Takeover.objects.create(system=system, source=source, channel=channel, by=by)
    folder = of.folder / "files"
    folder.mkdir(parents=True)
    for number, (name, file) in enumerate(files):
        with (folder / f"{number:03}-{Path(name).name[-100:]}").open("wb") as kept:
            shutil.copyfileobj(file, kept)
    return of


def from_server(
    system: str, address: str, token: str, channel: Channel, *, source: str = "", by: User | None = None
) -> Takeover:
    told = {"address": address, "token": seal.close(token), "source": source}
    return Takeover.objects.create(system=system, channel=channel, by=by, **told)


def go_on(of: Takeover, progress: Progress = lambda of: None, folder: Path | None = None) -> None:
    """From where it stands to the end of what was asked for; `folder` is read in its place instead of files kept."""
    try:
        if of.state == Takeover.State.READING:
            _read(of, progress, folder)
        elif of.is_going:
            _bring(of, progress)
    except Stopped:
        of.refresh_from_db(fields=["state"])
    except (Unreadable, OSError) as trouble:
        of.stand(Takeover.State.FAILED, str(trouble))
    except Exception:  # the page does not wait for it any longer, and offers to go on
        of.stand(Takeover.State.FAILED, _("It broke off unexpectedly; what is brought in stays, and it can go on."))
        raise


def _read(of: Takeover, progress: Progress, folder: Path | None) -> None:
    desk, shelf_file = DESKS[of.system](), of.folder / "shelf.sqlite"

    def going(count: int) -> bool:
        """Told while it reads: how much, and whether somebody has stopped it."""
        of.read = count
        held = Takeover.objects.filter(pk=of.pk, state=Takeover.State.READING).update(read=count)
        progress(of)
        return bool(held)

    if not of.address:
        shelf_file.unlink(missing_ok=True)
    with Shelf(shelf_file) as shelf:
        if of.address:
            ZammadApi(of.address, _token(of), shelf, going).read()
        else:
            collect(desk, files_of(folder or of.folder / "files"), shelf, going)
        _write_parts(of, desk, shelf)
    shutil.rmtree(of.folder, ignore_errors=True)


def _token(of: Takeover) -> str:
    try:
        return seal.open_(of.token)
    except seal.Sealed:
        raise Unreadable(_("The token cannot be read any more; begin anew with the address and the token.")) from None


def _write_parts(of: Takeover, desk: Desk, shelf: Shelf) -> None:
    """A file for each part, with the names of our fields as its columns."""
    paths = {kind: of.folder / f"{of.system}-{kind}.ndjson" for kind in PARTS}
    counts = dict.fromkeys(PARTS, 0)
    files = {kind: path.open("w", encoding="utf-8") for kind, path in paths.items()}
    try:
        for kind, place, words, value in shelf.broken():
            part = KINDS_OF_BROKEN.get(kind, "contacts" if kind in PEOPLE else "tickets")
            _write(files[part], part, {"external_id": place, TROUBLE: words, "note": value, "text": value})
            counts[part] += 1
        for part, cells in desk.rows(shelf):
            _write(files[part], part, cells)
            counts[part] += 1
    finally:
        for file in files.values():
            file.close()
    with transaction.atomic():
        if not Takeover.objects.select_for_update().filter(pk=of.pk, state=Takeover.State.READING).exists():
            raise Stopped
        for kind in PARTS:
            if counts[kind]:
                _keep_part(of, kind, paths[kind])
        Takeover.objects.filter(pk=of.pk).update(token="")
        of.token = ""
        of.stand(Takeover.State.READY)


def _write(file: IO[str], kind: str, cells: dict[str, str]) -> None:
    """Every row has every column, so that the first ones show them all."""
    columns = [*(field.name for field in fields_of(kind)), TROUBLE]
    file.write(json.dumps({name: cells.get(name, "") for name in columns}, ensure_ascii=False) + "\n")


def _keep_part(of: Takeover, kind: str, path: Path) -> None:
    part = Import(kind=kind, source=of.names, name=path.name, by=of.by, takeover=of)
    part.channel = of.channel if kind == Import.Kind.TICKETS else None
    part.mapping = {field.name: field.name for field in fields_of(kind)}
    with path.open("rb") as file:
        part.file.save(path.name, File(file), save=False)
    look(part)
    part.save()


def _bring(of: Takeover, progress: Progress) -> None:
    dry = of.state == Takeover.State.CHECKING
    over = Import.State.CHECKED if dry else Import.State.DONE
    for part in of.parts.order_by("pk").select_related("by", "channel__team"):
        part.takeover = of
        if part.state == over:
            continue
        if not part.is_going:
            part.begin(dry=dry)
        run(part, lambda _part: progress(of))
        if part.state != over:
            state = Takeover.State.STOPPED if part.state == Import.State.STOPPED else Takeover.State.FAILED
            of.stand(state, part.trouble)
            return
    of.stand(Takeover.State.CHECKED if dry else Takeover.State.DONE)
