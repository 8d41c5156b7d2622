"""What a kind of channel is called, and how it looks beside a face."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, tuple[str, str | LazyText]] = {
    "email": ("mail", _("mail")),
    "phone": ("phone", _("phone")),
    "telegram": ("telegram", "Telegram"),
    "whatsapp": ("whatsapp", "WhatsApp"),
    "viber": ("viber", "Viber"),
    "vk": ("vk", "VK"),
    "chat": ("chat", _("online chat")),
    "form": ("form", _("form of the site")),
    "sms": ("sms", "SMS"),
}
"""The glyph of the interface, and the name as it stands within a sentence."""


def glyph_of(kind: str) -> str:
    return KINDS[kind][0] if kind in KINDS else "mail"


def name_of(kind: str) -> str:
    """In the language of the reader; a kind that nobody named is called as it is kept."""
    return str(KINDS[kind][1]) if kind in KINDS else kind
