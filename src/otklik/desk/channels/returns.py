"""Letters that had left and came back."""

from collections.abc import Iterable

from django.db import transaction

from otklik.desk.channels import recipients
from otklik.desk.channels.models import Outbound

State = Outbound.State


@transaction.atomic
def came_back(letter: Outbound, addresses: Iterable[str], said: str) -> set[str]:
    """Note what a report says of those of `addresses` that the letter was for, or of its only reader; returns them.

    While the letter is on its way to somebody, whoever sends it says what becomes of it: only fates are noted.
    """
    row = Outbound.objects.select_for_update().defer("raw").get(pk=letter.pk)
    whom = row.recipients
    written_to = {address.lower() for address in whom}
    failed = {address.lower() for address in addresses} & written_to or (written_to if len(written_to) == 1 else set())
    row.fates = recipients.came_back(whom, _fates_of_each(row), failed, said)
    waits = row.state == State.READY and recipients.open_of(whom, row.fates)
    if not waits and row.state not in (State.SENDING, State.CANCELLED):
        row.state, row.detail, row.fates = State.FAILED, said, recipients.told(whom, row.fates)
    row.save(update_fields=["state", "detail", "fates"])
    return failed


def _fates_of_each(row: Outbound) -> recipients.Fates:
    """Also where nothing was kept because all had the fate of the letter."""
    if row.state in (State.SENT, State.UNCERTAIN):
        return recipients.arrived(row.recipients, row.fates)
    return recipients.given_up(row.recipients, row.fates, row.detail) if row.state == State.FAILED else row.fates
