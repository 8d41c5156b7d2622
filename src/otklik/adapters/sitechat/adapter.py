"""The plug of `channels.port` for chats on sites."""

from collections.abc import Sequence

from otklik.adapters.sitechat import limits, reaching, reading, sending, typing, writing
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import Aside, Incoming, Letter, Pressed, Protection, Receipt, Rendered, Talk


class SiteChatAdapter:
    """What visitors write comes by `views`; to send is to store it for their window and to tell that."""

    kind = "chat"
    talk = Talk(
        is_chat=True,
        most_bytes=limits.MOST_BYTES,
        read_back=writing.words_of,
        on_site=True,
        reach=reaching.reach,
        is_typing=typing.is_typing,
        we_write=typing.we_write,
    )
    says_when_leaving = True
    """Nothing leaves the house, and what is stored twice is stored once."""

    def read(self, inbound: Inbound) -> Incoming | Pressed | Aside:
        return reading.read(inbound)

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        return None

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        return writing.render(letter, channel)

    def send(self, outbound: Outbound) -> Receipt:
        return sending.attempt(outbound)
