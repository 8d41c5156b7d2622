"""How a letter ends: the signature of who writes, the logo and the colour of their brand, what the desk adds."""

import re
from functools import lru_cache

from django.utils.html import escape

from otklik.core.staff.models import Brand, Organisation, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.markdown import to_html

BOX = (200, 56)
"""The most that a logo takes of a letter, in pixels."""
_ADDRESS = re.compile(r"(?<![<(\[])\bhttps?://[^\s<>()\[\]]{1,300}[^\s<>()\[\].,;:!?*_'\"]")


def signature_of(channel: Channel, *, line: int | None = None, by: User | None = None) -> str:
    """The words below a letter, as Markdown.

    The mailbox's own come first, then those of the line that answers (without one, of the line behind the mailbox),
    then those of the brand.  A line of the text whose place has no value is left out: a machine has no name.
    """
    house, brand = Brand.objects.house(), channel.shown_as
    answers = house.lines.get(line or channel.team_id)
    chosen = channel.signature or (answers.signature if answers else "") or brand.signature
    if "{{" not in chosen:
        return chosen
    return filled(chosen, brand, agent=by.name if by else "", line=answers.name if answers else "")


def filled(signature: str, brand: Brand, *, agent: str, line: str) -> str:
    values = {"agent": agent, "company": brand.shown_name, "line": line}
    told = (placeholders.filled(words, values) for words in signature.splitlines())
    return "\n".join(words for words in told if not placeholders.holes(words)).strip()


def closing(brand: Brand, signature: str, footer: str) -> str:
    """HTML below the text; `footer` is markup of ours."""
    inside = f"{logo_of(brand)}{markup_of(signature)}{footer}"
    if not inside:
        return ""
    if not brand.colour:
        return f'<hr><div style="font-size:13px">{inside}</div>'
    rule = f"margin-top:20px;padding-top:8px;border-top:3px solid {escape(brand.colour)}"
    return f'<div style="{rule};font-size:13px">{inside}</div>'


def logo_of(brand: Brand) -> str:
    """By its address, which never changes; where the desk cannot be reached from outside the name has to do."""
    if brand.logo is None:
        return ""
    name, house = escape(brand.shown_name), Organisation.objects.current()
    if not house.is_reachable:
        return f"<p><b>{name}</b></p>"
    width, height = brand.logo.fitting(*BOX)
    plate = f"background-color:{escape(brand.logo.plate)};padding:6px;border-radius:6px;" if brand.logo.plate else ""
    return (
        f'<p><img src="{escape(house.address + brand.logo.path)}" alt="{name}" width="{width}" height="{height}"'
        f' style="{plate}border:0"></p>'
    )


@lru_cache(maxsize=256)
def markup_of(signature: str) -> str:
    """Safe markup, with links where an address just stands there; the same few signatures stand below all letters."""
    return to_html(_ADDRESS.sub(r"<\g<0>>", signature))
