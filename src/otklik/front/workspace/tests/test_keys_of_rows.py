"""Which keys mean the row that has the focus."""

import re
from pathlib import Path

from otklik.core.ui.keys import KEYS

SCRIPT = Path(__file__).resolve().parents[1] / "static/workspace/js/queue-place.js"
OF_THE_OPEN_ONE = {"quote", "undo", "previous", "next", "client"}
"""They mean the page, whatever row has the focus."""
OF_A_CARD = {"still-true"}


def test_every_key_of_a_request_means_the_row_that_has_the_focus() -> None:
    """One that the script does not know would act on the request that happens to be open."""
    listed = SCRIPT.read_text().partition("OF_A_REQUEST = new Set([")[2].partition("])")[0]
    of_requests = {key.action for key in KEYS if key.scope == "ticket"}
    assert set(re.findall(r'"([a-z-]+)"', listed)) == of_requests - OF_THE_OPEN_ONE | OF_A_CARD
