"""Places in a text that are filled in when it is sent, and those that a signature may have."""

import re

HOLE = re.compile(r"\{\{[ \t]*([^{}\n]{1,60}?)[ \t]*\}\}")
OF_SIGNATURES = ("agent", "company", "line", "сотрудник", "компания", "линия")
LONGEST_SIGNATURE = 1000


def unfit(signature: str) -> list[str]:
    """What nobody could fill in below a letter, as it stands in the text."""
    return [hole[0] for hole in HOLE.finditer(signature) if " ".join(hole[1].lower().split()) not in OF_SIGNATURES]
