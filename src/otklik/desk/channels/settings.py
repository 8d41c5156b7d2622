"""What the settings screens ask of a kind of channel, so that no screen knows an adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from otklik.core.staff.models import Team
    from otklik.desk.channels.models import Channel


@dataclass(frozen=True)
class Tried:
    """One thing that was tried with the other side: what, and what is wrong in words ("" when it works)."""

    what: str
    trouble: str = ""


class ChannelForm(Protocol):
    """A Django form that can also try what was typed, before anything is saved."""

    def is_valid(self) -> bool: ...

    def attempt(self) -> Sequence[Tried]:
        """Try the other side with the typed values; changes and sends nothing."""
        ...

    def save(self) -> "Channel": ...


class ChannelSettings(Protocol):
    """A kind of channel as an administrator sees it; `template` draws the form's fields."""

    kind: str
    label: Any
    glyph: str
    template: str

    def form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        channel: "Channel | None" = None,
        team: "Team | None" = None,
    ) -> ChannelForm:
        """The form of a new channel (for `team`) or of an existing one."""
        ...

    def attempt(self, channel: "Channel") -> Sequence[Tried]:
        """Try the stored settings now, and remember the outcome on the channel."""
        ...


_kinds: dict[str, ChannelSettings] = {}


def offer(settings: ChannelSettings) -> None:
    _kinds[settings.kind] = settings


def settings_of(kind: str) -> ChannelSettings | None:
    """None for a kind that has no screen of its own."""
    return _kinds.get(kind)


def kinds() -> list[ChannelSettings]:
    return list(_kinds.values())
