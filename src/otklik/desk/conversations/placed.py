"""Pictures that stand in a text of ours: `![name](cid:KEY)` names an upload of the writer.

The reference is all that there is: with it the picture is sent in its place, without it the picture is not sent.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from otklik.desk.conversations.markdown import sources_of, to_html

if TYPE_CHECKING:
    from otklik.desk.conversations.models import Attachment

SCHEME = "cid:"
WIDEST = 600
"""Pixels of a picture in a letter: as much as every mail program shows without scrolling."""
_DOMAIN = "@otklik"
_REFERENCE = re.compile(r"!\[((?:\\.|[^\]\\]){0,300})\]\(cid:([^()\s]{1,100})\)")


def keys_in(text: str) -> list[str]:
    """What the text calls its pictures; nobody says that such uploads exist or are the writer's."""
    if SCHEME not in text:
        return []
    found = (source.removeprefix(SCHEME) for source in sources_of(text) if source.startswith(SCHEME))
    return list(dict.fromkeys(found))


def among(files: Iterable["Attachment"], text: str) -> "list[Attachment]":
    """Those of `files` that the text shows in place."""
    keys = set(keys_in(text))
    return [file for file in files if str(file.key) in keys and file.raster] if keys else []


def missing(text: str, files: Sequence["Attachment"]) -> bool:
    """A reference leads nowhere: the file was removed, never arrived whole, or is not the writer's."""
    keys = keys_in(text)
    return bool(keys) and set(keys) > {str(file.key) for file in among(files, text)}


def place(pictures: Iterable["Attachment"]) -> dict[str, str]:
    """Name the pictures as the letter will (RFC 2392); returns the name for each reference."""
    names = {}
    for picture in pictures:
        picture.content_id, picture.inline = f"{picture.key.hex}{_DOMAIN}", True
        names[f"{SCHEME}{picture.key}"] = f"{SCHEME}{picture.content_id}"
    return names


def html_of(text: str, files: Iterable["Attachment"]) -> str:
    """Our words as markup; those of `files` that the text names stand in it, under the names that the letter gives.

    The size of each is an attribute, because Outlook does not know what style sheets say of pictures, and because
    nothing jumps then when they come.
    """
    shown = among(files, text)
    html = to_html(text, place(shown))
    return sized(html, {f"{SCHEME}{file.content_id}": file for file in shown})


def looked_at(text: str, files: Iterable["Attachment"], address: "Callable[[Attachment], str]") -> str:
    """The very markup that a letter will carry, with its pictures at the `address` of each on a page of ours."""
    shown = {address(file): file for file in among(files, text)}
    return sized(to_html(text, {f"{SCHEME}{file.key}": place for place, file in shown.items()}), shown)


def sized(html: str, pictures: Mapping[str, "Attachment"]) -> str:
    """The same with width and height of the `pictures`, by their addresses."""
    for address, file in pictures.items():
        if size := file.pixels:
            width, height = _fitting(*size)
            html = html.replace(f'src="{address}"', f'src="{address}" width="{width}" height="{height}"')
    return html


def _fitting(width: int, height: int) -> tuple[int, int]:
    """No wider than a letter, in proportion."""
    return (width, height) if width <= WIDEST else (WIDEST, max(1, round(height * WIDEST / width)))


def key_of(address: str) -> str | None:
    """The key of the picture that markup of ours calls so; None for any other address."""
    name = address.removeprefix(SCHEME).removesuffix(_DOMAIN)
    if address != f"{SCHEME}{name}{_DOMAIN}" or not re.fullmatch(r"[0-9a-f]{32}", name):
        return None
    return str(UUID(name))


def in_words(text: str) -> str:
    """The text for those who see no pictures, in the language of the moment."""
    keys = keys_in(text)

    def said(found: re.Match[str]) -> str:
        name = re.sub(r"\\(.)", r"\1", found[1]).strip() or _("without a name")
        return _("[picture: %(name)s]") % {"name": name} if found[2] in keys else found[0]

    return _REFERENCE.sub(said, text) if keys else text
