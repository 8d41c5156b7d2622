"""The form of a request on pages: what is asked, what is answered, how it stands in an input."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from otklik.desk.clients.models.question import Value, typed
from otklik.desk.tickets.models import Field, Ticket
from otklik.desk.tickets.models.field import value_of


@dataclass(frozen=True)
class Asked:
    """One field: `said` is its value in words, `typed` what stands in its input, `error` what is wrong with that."""

    field: Field
    value: Value
    typed: str
    error: str = ""

    @classmethod
    def of(cls, ticket: Ticket, field: Field) -> "Asked":
        value = value_of(ticket.details, field)
        return cls(field, value, typed(value))

    @property
    def said(self) -> str:
        return self.field.said(self.value)

    @property
    def is_missing(self) -> bool:
        """The matter cannot be solved without it."""
        return self.field.is_required and self.value is None

    @property
    def is_link(self) -> bool:
        return self.field.kind == Field.Kind.LINK


def form_of(
    ticket: Ticket,
    fields: Iterable[Field],
    given: Mapping[str, str] | None = None,
    wrong: tuple[str, str] = ("", ""),
) -> list[Asked]:
    """The whole form; `given` by places is shown instead of the values, `wrong` is (place, error)."""
    rows = [Asked.of(ticket, field) for field in fields]
    if given is None:
        return rows
    place, error = wrong
    return [
        Asked(row.field, row.value, given.get(row.field.place, row.typed), error if row.field.place == place else "")
        for row in rows
    ]
