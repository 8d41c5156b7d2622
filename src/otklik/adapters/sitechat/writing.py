"""A message of ours as the window shows it, fixed once."""

import uuid
from dataclasses import asdict

from django.utils.translation import gettext as _

from otklik.adapters.sitechat.limits import MOST_BYTES
from otklik.adapters.sitechat.models import KIND
from otklik.desk.channels.models import Channel
from otklik.desk.channels.parcel import Paper, packed, unpacked
from otklik.desk.channels.port import Letter, Rendered


def render(letter: Letter, channel: Channel) -> Rendered:
    """Raises ValueError for an addressee who is nobody in a chat of ours, and for a file that is too large."""
    to = letter.to[0] if letter.to else ""
    if len(letter.to) != 1 or letter.cc or not to.startswith(f"{KIND}:") or not to.removeprefix(f"{KIND}:").isdecimal():
        raise ValueError("a message of a chat has one addressee there")
    for file in letter.files:
        if len(file.content) > MOST_BYTES:
            raise ValueError(_("The chat takes files up to 20 MB: “%s” is larger.") % file.name)
    told = {
        "text": letter.text,
        "html": letter.html,
        "by": "" if letter.automatic else letter.from_name,
        "choices": [asdict(choice) for choice in letter.choices],
        "instead_of": letter.instead_of,
    }
    files = [Paper(file.name, file.media_type, file.content) for file in letter.files]
    return Rendered(f"{KIND}:ours:{uuid.uuid4().hex}", channel.address, [to], packed(told, files))


def words_of(raw: bytes) -> str:
    """What the client reads, files by their names, buttons by their words."""
    if not raw:
        return ""
    parcel = unpacked(raw)
    said = [str(parcel.told["text"]), *(f"[{file.name}]" for file in parcel.files)]
    said += [" ".join(f"[{one['label']}]" for one in parcel.told["choices"])]
    return "\n\n".join(part for part in said if part)
