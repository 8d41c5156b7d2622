"""What a kind of rows on the card is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.access import can_keep_cards
from otklik.front.workspace.card_forms import Holder, RowForm


def name_of(holder: Holder) -> str:
    """How the holder is called in addresses."""
    return "contact" if isinstance(holder, Contact) else "client"


@dataclass(frozen=True)
class Press:
    """A button of one row, done at one press."""

    said: str
    glyph: str
    is_on: bool = False


@dataclass(frozen=True)
class Row:
    """`said` what it is, `more` what else is known of it; a chip with its state, where it leads, what one press does.

    `is_text`: words of several lines, not a name.
    """

    pk: int
    said: str
    more: str = ""
    chip: str = ""
    state: str = ""
    address: str = ""
    press: Press | None = None
    is_text: bool = False


@dataclass(frozen=True)
class Kind:
    """`stored` gives the rows of a holder, `new` an empty one; `foot` sums them up."""

    title: str | Promise
    add: str | Promise
    end: str | Promise
    empty: str | Promise
    form: type[RowForm]
    stored: Callable[[Any, User], Any]
    new: Callable[[Any], Any]
    row: Callable[[Any], Row]
    foot: Callable[[Iterable[Any]], str] = lambda rows: ""
    hides: str = ""
    """A personal fact that these rows leave out."""
    press: Callable[[Any, User], None] | None = None
    """What the button of a row does."""
    leads_to: Callable[[Any], tuple[str, str] | None] = lambda held: None
    """Another list behind this one, as (its name, in words)."""
    is_aside: bool = False
    """It stands on no card; a list of the card leads there."""
    can_add: bool = True
    may: Callable[[User], bool] = can_keep_cards
    """Who adds and changes rows."""
    finish: Callable[[Any, User], None] = lambda one, user: one.end(by=user)
    note: Callable[[Any], str] = lambda held: ""
    """What is to be known of them all, in a sentence."""
