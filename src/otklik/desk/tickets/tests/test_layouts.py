"""Layouts of the page: what can be said, what is kept, what is read of it."""

import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.layouts import BLOCKS, FIRST, Area, Kind, Plan, completed, delivered, stepped
from otklik.desk.tickets.models import Layout
from otklik.desk.tickets.models.layout import COLUMN, arrangement

CODES = st.lists(st.sampled_from([*BLOCKS, "client.gone", "nothing"]), max_size=60)


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_is_delivered_whole_with_what_fits_it_first(kind: str) -> None:
    plan = delivered(kind)
    assert sorted(plan.order) == sorted(BLOCKS) and not plan.folded and not plan.hidden
    for area in Area:
        first = [code for code in FIRST.get(kind, ()) if code.startswith(f"{area}.")]
        assert plan.of(area)[: len(first)] == first
    if kind not in FIRST:
        assert plan.order == tuple(BLOCKS)


@given(kind=st.sampled_from(Kind.values), order=CODES, folded=CODES, hidden=CODES)
def test_whatever_is_kept_is_read_as_a_whole_layout(
    kind: str, order: list[str], folded: list[str], hidden: list[str]
) -> None:
    plan = completed(kind, order, folded, hidden)

    assert sorted(plan.order) == sorted(BLOCKS)
    assert [BLOCKS[code].area for code in plan.order] == [area for area in Area for _one in plan.of(area)]
    assert all(BLOCKS[code].folds for code in plan.folded) and all(BLOCKS[code].hides for code in plan.hidden)
    assert completed(kind, plan.order, plan.folded, plan.hidden) == plan
    known = [code for code in dict.fromkeys(order) if code in BLOCKS]
    for area in Area:
        asked = [code for code in known if code.startswith(f"{area}.")]
        assert [code for code in plan.of(area) if code in asked] == asked


@given(code=st.sampled_from([*BLOCKS]), kind=st.sampled_from(Kind.values))
def test_a_step_and_a_step_back_are_nothing(code: str, kind: str) -> None:
    plan = delivered(kind)
    down = stepped(plan, code, 1)

    assert sorted(down) == sorted(plan.order)
    if down != list(plan.order):
        assert stepped(Plan(tuple(down)), code, -1) == list(plan.order)
    else:
        assert plan.of(BLOCKS[code].area)[-1] == code


def test_a_block_of_a_newer_version_stands_behind_the_one_it_follows() -> None:
    usual = delivered(Kind.ORDINARY).of(Area.CLIENT)
    old = [code for code in reversed(usual) if code != "client.note"]

    order = completed(Kind.ORDINARY, old, (), ()).of(Area.CLIENT)

    assert order.index("client.note") == order.index("client.quiet") + 1


def test_what_keeps_from_harm_cannot_be_left_out() -> None:
    seen = {code for code, block in BLOCKS.items() if not block.hides}
    assert seen >= {"above.broken", "above.complaint", "above.refusal", "above.company", "tabs.step", "tabs.facts"}
    assert seen >= {"client.quiet", "client.note", "client.conduct", "client.hello", "facts.served"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("order", "folded", "hidden", "field"),
    [
        (["client.nothing"], [], [], "order"),
        (["client.note", "client.note"], [], [], "order"),
        ([], ["client.note"], [], "folded"),
        ([], [], ["client.note"], "hidden"),
        ([], [], ["above.complaint"], "hidden"),
    ],
)
def test_what_cannot_be_is_refused(order: list[str], folded: list[str], hidden: list[str], field: str) -> None:
    layout = Layout.objects.of(Kind.COMPLAINT)

    with pytest.raises(Invalid) as refused:
        layout.set_plan(order, folded, hidden)

    assert refused.value.field == field and refused.value.text
    assert Layout.objects.of(Kind.COMPLAINT).is_delivered


def told() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMN}")
        (found,) = cursor.fetchone()
    assert found is None or isinstance(found, str)
    return found


@pytest.mark.django_db
def test_a_page_reads_what_was_pressed_for_its_kind_alone() -> None:
    assert Layout.objects.count() == len(Kind) and told() is None
    layout = Layout.objects.held(Kind.CALL)
    layout.press("client.history", "hidden")
    layout.press("client.products", "folded")
    layout.press("client.products", "up")

    shown = arrangement(told(), Kind.CALL)
    assert "history" not in shown.shown["client"] and shown.folded == {"client.products"}
    assert shown.shown["client"].index("products") + 1 == shown.shown["client"].index("details")
    assert arrangement(told(), Kind.CHAT) == arrangement(None, Kind.CHAT)

    layout.press("client.products", "down")
    layout.press("client.products", "open")
    layout.press("client.history", "open")
    assert layout.is_delivered and layout.order == [] and told() is None


@pytest.mark.django_db
def test_a_press_at_an_end_or_twice_changes_nothing() -> None:
    layout = Layout.objects.of(Kind.ORDINARY)
    layout.press("client.hello", "up")
    layout.press("client.products", "open")
    assert layout.is_delivered
    with pytest.raises(Invalid):
        layout.press("client.nothing", "up")
    with pytest.raises(Invalid):
        layout.press("client.products", "sideways")
    assert layout.is_delivered


def test_what_is_kept_as_text_is_read_as_it_was_written() -> None:
    kept = json.dumps([["call", ["client.note", "client.gone"], ["client.talk"], []]])
    assert arrangement(kept, "call").shown["client"].index("note") < arrangement(kept, "call").shown["client"].index(
        "talk"
    )
    assert arrangement(kept, "call").folded == {"client.talk"}
