"""The one table of keys."""

import json
import re
from collections import Counter
from pathlib import Path

from django.utils import translation

from otklik.core.ui.client_data import script
from otklik.core.ui.keys import CYRILLIC, KEYS, SCOPES

PACKAGE = Path(__file__).resolve().parents[3]


def test_no_two_actions_want_the_same_key() -> None:
    assert [keys for keys, times in Counter(key.keys for key in KEYS).items() if times > 1] == []
    assert [action for action, times in Counter(key.action for key in KEYS).items() if times > 1] == []


def test_nothing_needs_alt_and_every_scope_has_a_name() -> None:
    assert not [key for key in KEYS if "Alt" in key.keys]
    assert {key.scope for key in KEYS} <= set(SCOPES)


def test_g_is_left_for_going_places() -> None:
    assert "G" not in {key.keys for key in KEYS}


def test_every_letter_has_its_place_on_the_russian_layout() -> None:
    assert all(key.keys[-1] in CYRILLIC for key in KEYS if key.keys[-1].isalpha() and len(key.keys) == 1)


def test_the_block_for_scripts_cannot_close_its_own_element() -> None:
    with translation.override("ru"):
        block = script()
    assert block.count("<") == 2
    assert 'type="application/json"' in block


def test_every_word_that_scripts_ask_for_is_there() -> None:
    scripts = [path.read_text() for path in PACKAGE.glob("**/static/**/*.js")]
    ours = [text for text in scripts if re.search(r"import {[^}]*\bwords\b[^}]*}", text)]
    asked = {word for text in ours for word in re.findall(r"\bwords\.(\w+)", text)} - {"py"}
    block = json.loads(script().partition(">")[2].rpartition("<")[0])
    assert asked <= set(block["words"])
