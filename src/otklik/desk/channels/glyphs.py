"""How a kind of channel looks beside a face: the names of glyphs of the interface."""

GLYPHS = {
    "email": "mail",
    "phone": "phone",
    "telegram": "telegram",
    "whatsapp": "whatsapp",
    "viber": "viber",
    "vk": "vk",
    "chat": "chat",
    "form": "form",
    "sms": "sms",
}


def glyph_of(kind: str) -> str:
    return GLYPHS.get(kind, "mail")
