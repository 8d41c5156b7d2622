"""What the settings screens ask of a kind of channel, so that no screen knows an adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from otklik.core.staff.models import Team
    from otklik.desk.channels.models import Channel


@dataclass(frozen=True)
class Tried:
    """One thing that was tried with the other side: what, and what is wrong in words ("" when it works)."""

    what: str
    trouble: str = ""


@dataclass(frozen=True)
class Consent:
    """The page where the administrator lets us in, and what their session keeps until they are back."""

    url: str
    kept: Mapping[str, str]


@dataclass(frozen=True)
class Progress:
    """Something long that a channel does, in words and numbers; a person may stop it and let it go on."""

    words: str
    done: int
    total: int
    stopped: bool


class ChannelForm(Protocol):
    """A Django form that can also try what was typed, before anything is saved."""

    def is_valid(self) -> bool: ...

    def attempt(self) -> Sequence[Tried]:
        """Try the other side with the typed values; changes and sends nothing."""
        ...

    def save(self) -> "Channel": ...

    @property
    def told_once(self) -> str:
        """A secret that saving has made, to be shown now and never again; "" for none."""
        ...


class ChannelSettings(Protocol):
    """A kind of channel as an administrator sees it; `template` draws the form's fields."""

    kind: str
    label: Any
    glyph: str
    template: str
    what_happens: Sequence[Any]
    """Sentences beside the form."""

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

    def missing_consent(self, channel: "Channel") -> Any:
        """The name of the provider that has to let us in, again or for the first time; "" when nothing is missing."""
        ...

    def ask_consent(self, channel: "Channel", back: str) -> Consent:
        """The way to the provider, which leads back to `back`.  Raises ValueError with words."""
        ...

    def take_consent(self, channel: "Channel", kept: Mapping[str, str], answer: Mapping[str, str]) -> None:
        """The administrator came back with an answer.  Raises ValueError with words; nothing is changed then."""
        ...

    def progress(self, channel: "Channel") -> Progress | None:
        """None when there is nothing long to tell of."""
        ...

    def hold(self, channel: "Channel", stopped: bool) -> None:
        """Take nothing in for now, or go on from there."""
        ...


class Alone:
    """The part of `ChannelSettings` of a kind for which no provider is asked and nothing long goes on."""

    let_in_by: Any
    """How it is let in instead, a sentence."""
    form_class: str
    """Where its form is, as "otklik.adapters.phone.form.PhoneForm": read when a screen first asks for it."""

    def form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        channel: "Channel | None" = None,
        team: "Team | None" = None,
    ) -> Any:
        return import_string(self.form_class)(data, channel=channel, team=team)

    def missing_consent(self, channel: "Channel") -> Any:
        return ""

    def ask_consent(self, channel: "Channel", back: str) -> Consent:
        raise ValueError(self.let_in_by)

    def take_consent(self, channel: "Channel", kept: Mapping[str, str], answer: Mapping[str, str]) -> None:
        raise ValueError(self.let_in_by)

    def progress(self, channel: "Channel") -> Progress | None:
        return None

    def hold(self, channel: "Channel", stopped: bool) -> None:
        """Nothing long goes on here."""


_kinds: dict[str, ChannelSettings] = {}


def offer(settings: ChannelSettings) -> None:
    _kinds[settings.kind] = settings


def settings_of(kind: str) -> ChannelSettings | None:
    """None for a kind that has no screen of its own."""
    return _kinds.get(kind)


def kinds() -> list[ChannelSettings]:
    return list(_kinds.values())
