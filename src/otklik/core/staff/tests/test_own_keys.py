"""Keys of one's own stand in the profile, bind the actions, and never two of them at once."""

import json
import re

import pytest
from django.test import Client
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.staff.models import User
from otklik.core.staff.own_keys import MOVED, Unfit, chosen
from otklik.core.ui.keys import KEYS

pytestmark = pytest.mark.django_db


def test_a_key_is_moved_and_pages_know_it(annas: Client, anna: User) -> None:
    assert annas.post("/me/hotkeys/", {"reply": "shift + z", "watch": ""}).status_code == 302

    anna.refresh_from_db()
    assert anna.own_keys == {"reply": "Shift+Z", "watch": ""}
    told = json.dumps({"reply": ["Shift+Z", "⇧ Z/Я"], "watch": ["", ""]}, ensure_ascii=False, separators=(",", ":"))
    assert f'data-own-keys="{escape(told)}"'.replace("&#x27;", "'") in annas.get("/me/hotkeys/").content.decode()
    annas.post("/me/hotkeys/", {"usual": "on"})
    anna.refresh_from_db()
    assert anna.own_keys == {} and "data-own-keys" not in annas.get("/me/hotkeys/").content.decode()


@pytest.mark.parametrize("told", [{"reply": "N"}, {"reply": "g"}, {"reply": "ctrl+r"}, {"reply": "й"}, {"reply": "1"}])
def test_what_cannot_be_is_said_and_nothing_is_lost(annas: Client, anna: User, told: dict[str, str]) -> None:
    answer = annas.post("/me/hotkeys/", told)

    page = answer.content.decode()
    assert answer.status_code == 422 and re.search(r'role="alert"', page) and f'value="{told["reply"]}"' in page
    anna.refresh_from_db()
    assert anna.own_keys == {}


def test_two_change_their_keys(annas: Client, anna: User) -> None:
    annas.post("/me/hotkeys/", {"reply": "N", "note": "R"})

    anna.refresh_from_db()
    assert anna.own_keys == {"reply": "N", "note": "R"}


@given(
    told=st.dictionaries(
        st.sampled_from([key.action for key in MOVED]),
        st.one_of(st.just(""), st.from_regex(r"(Shift\+)?[A-Z]", fullmatch=True), st.text(max_size=8)),
    )
)
def test_never_do_two_actions_have_one_key(told: dict[str, str]) -> None:
    try:
        own = chosen(told)
    except Unfit:
        return
    keys = [own.get(key.action, key.keys) for key in KEYS]
    known = [one for one in keys if one]
    assert len(known) == len(set(known)) and "G" not in known
