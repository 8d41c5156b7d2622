"""Every message that no person writes asks the contact policy before it leaves, or is owed and says why."""

import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "otklik"
SENDS = re.compile(r"Outbound\.Kind\.(?:NOTIFY|AUTO|SURVEY|NEWS|PRESS)\b")
ASKS = re.compile(r"\b(?:may_contact(?:_now)?|policy\.decide)\(")
ASKING: dict[str, tuple[str, ...]] = {
    "desk/tickets/reactions.py": ("desk/tickets/reactions.py",),
    # `_notify` is reached through these four alone, and each of them asks; `inform` is told by incidents, which ask
    "desk/tickets/models/notifying.py": (
        "desk/tickets/models/notifying.py",
        "desk/tickets/models/reminding.py",
        "desk/tickets/models/guarding.py",
        "desk/tickets/models/appealing.py",
    ),
    "care/incidents/sending.py": ("care/incidents/reaching.py",),
    "care/outreach/writing.py": ("care/outreach/writing.py",),
    "care/surveys/models/writing.py": ("care/surveys/models/writing.py", "care/surveys/models/reminding.py"),
    "care/status/mailing.py": ("care/status/mailing.py",),
}
"""Who sends by itself, and where it asks."""
OWED = {
    "desk/channels/inbox.py": "the answer to what the client has just asked the machine of the channel",
    "care/surveys/pressing.py": "the answer to a button that the client has just pressed",
}


def _texts() -> dict[str, str]:
    files = (
        one for one in SRC.rglob("*.py") if not {"tests", "migrations"} & set(one.parts) and one.name != "seeds.py"
    )
    return {one.relative_to(SRC).as_posix(): one.read_text() for one in files}


def test_whoever_sends_by_itself_is_known_here() -> None:
    sending = {path for path, text in _texts().items() if SENDS.search(text)}

    assert sending == ASKING.keys() | OWED.keys()


@pytest.mark.parametrize("path", sorted({place for places in ASKING.values() for place in places}))
def test_each_of_them_asks_the_one_policy(path: str) -> None:
    assert ASKS.search((SRC / path).read_text()) or "_allowed(contact)" in (SRC / path).read_text()


def test_the_letter_of_a_request_leaves_by_ways_that_ask() -> None:
    calls = {path for path, text in _texts().items() if "._notify(" in text}

    assert calls <= set(ASKING["desk/tickets/models/notifying.py"])
