"""What binds a request to another one: it goes on there, or may belong there, or the client wrote about it too."""

from dataclasses import dataclass
from datetime import datetime

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.front.workspace.queries.contact import Other


@dataclass(frozen=True)
class Bond:
    """`kind` is joined, suggested or also; `is_seen` when the reader may open the other one; `undo` a relocation."""

    kind: str
    number: int
    subject: str = ""
    name: str = ""
    last_at: datetime | None = None
    is_seen: bool = True
    same_client: bool = True
    undo: int | None = None


def bond_of(ticket: Ticket, user: User, also: Other | None = None) -> Bond | None:
    """None for most requests, without a statement of its own; `also` is another open request of the client."""
    if ticket.merged_into_id:
        return _joined(ticket, user)
    if not ticket.is_open or not user.answers:
        return None
    if ticket.may_belong_to and (found := _visible(ticket.may_belong_to.standing, user)) and found.pk != ticket.pk:
        same = found.contact_id == ticket.contact_id
        return Bond("suggested", found.number, found.subject, found.contact_name, found.last_at, same_client=same)
    return Bond("also", also.id, also.subject, last_at=also.last_at) if also else None


def _joined(ticket: Ticket, user: User) -> Bond:
    assert ticket.merged_into is not None
    found = _visible(ticket.merged_into, user)
    act = Relocation.objects.undoable().filter(source=ticket, kind=Relocation.Kind.MERGE).only("pk").first()
    return Bond(
        kind="joined",
        number=ticket.merged_into.number,
        subject=found.subject if found else "",
        is_seen=found is not None,
        undo=act.pk if act and found and user.answers else None,
    )


def _visible(ticket: Ticket, user: User) -> Ticket | None:
    return Ticket.objects.visible_to(user).filter(pk=ticket.pk).first()
