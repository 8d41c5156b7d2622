"""Exports of other desks, as rows of the kinds of import that exist: nothing here writes a client or a request.

A desk says what an object of its export is (`Desk.place`), the shelf keeps all of them on disk, so that files may
come in any order and of any size; then the desk tells organisations, people and requests from the shelf.
"""

from otklik.desk.imports.desks.base import Desk as Desk
from otklik.desk.imports.desks.freshdesk import Freshdesk
from otklik.desk.imports.desks.osticket import OsTicket
from otklik.desk.imports.desks.zammad import Zammad
from otklik.desk.imports.desks.zendesk import Zendesk

DESKS: dict[str, type[Desk]] = {
    "zendesk": Zendesk,
    "freshdesk": Freshdesk,
    "osticket": OsTicket,
    "zammad": Zammad,
}
