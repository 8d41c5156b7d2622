"""The plug of `channels.port` for chats on sites."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from otklik.adapters.sitechat import limits
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import Aside, Incoming, Letter, Pressed, Protection, Reach, Receipt, Rendered, Talk


def _read_back(raw: bytes) -> str:
    from otklik.adapters.sitechat.writing import words_of

    return words_of(raw)


def _reach(address: str) -> Reach | None:
    from otklik.adapters.sitechat.reaching import reach

    return reach(address)


class SiteChatAdapter:
    """What visitors write comes by `views`; to send is to store it for their window and to tell that."""

    kind = "chat"
    talk = Talk(True, _("online chat"), 0, limits.MOST_BYTES, _read_back, on_site=True, reach=_reach)
    says_when_leaving = True
    """Nothing leaves the house, and what is stored twice is stored once."""

    def read(self, inbound: Inbound) -> Incoming | Pressed | Aside:
        from otklik.adapters.sitechat.reading import read

        return read(inbound)

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        return None

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        from otklik.adapters.sitechat.writing import render

        return render(letter, channel)

    def send(self, outbound: Outbound) -> Receipt:
        from otklik.adapters.sitechat.sending import attempt

        return attempt(outbound)
