"""Data panels: how they are set up, and what they tell."""

from typing import Any, TypedDict


class Panel(TypedDict):
    """A panel as an administrator keeps it."""

    id: int
    name: str
    kind: str
    url: str
    tells: list[str]
    roles: list[str]
    lines: list[str]
    topic: int | None
    clients: str
    on_cards: bool
    on_organisations: bool
    opens: bool
    height: int
    state: str
    answered_at: str | None
    failing_since: str | None
    trouble: str
    trouble_said: str
    rest_until: str | None


class PanelSecret(Panel):
    """With its secret, which is told this once."""

    secret: str


class PanelTrial(TypedDict):
    """What was sent to the program of a panel, and what came of it."""

    fits: bool
    address: str
    head: dict[str, str]
    body: str
    status: int | None
    took_ms: int
    trouble: str
    said: str
    content: dict[str, Any] | None


class PanelHere(TypedDict):
    """A panel that stands somewhere for the person of the token."""

    id: int
    name: str
    kind: str
    opens: bool


class PanelCell(TypedDict):
    """One value: by its `kind` in `amount`, in `day` and `moment`, or in `text`."""

    kind: str
    text: str
    tone: str
    href: str
    amount: str | None
    currency: str
    day: str | None
    moment: str | None


class PanelRow(TypedDict):
    label: str
    value: PanelCell


class PanelTable(TypedDict):
    title: str
    heads: list[str]
    rows: list[list[PanelCell]]


class PanelAction(TypedDict):
    label: str
    href: str


class PanelContent(TypedDict):
    """What a program says of a client; a stranger's words."""

    title: str
    notice: str
    tone: str
    rows: list[PanelRow]
    tables: list[PanelTable]
    actions: list[PanelAction]


class PanelShown(PanelHere):
    """`content` of data, `address` of a page; or the `trouble` why neither is there."""

    content: PanelContent | None
    address: str
    trouble: str
    rest_until: str | None
