"""Layouts of the page of a request: each kind has its order of blocks, with a picture of it and who has changed it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from otklik.core.audit.models import Line
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.layouts import BLOCKS, FIRST, FIXED, Area, Block, Kind, Plan, completed
from otklik.desk.tickets.models import Layout
from otklik.front.setup import access
from otklik.front.setup.views.page import settings_page, told

LATEST = 10


@dataclass(frozen=True)
class Row:
    """A block with what it is now: `open`, `folded` or `hidden`; `focus` is the press of it that was the last."""

    block: Block
    state: str
    is_first: bool
    is_last: bool
    focus: str = ""

    @property
    def anchor(self) -> str:
        return f"b-{self.block.code.replace('.', '-')}"


@dataclass(frozen=True)
class Change:
    """Who changed a layout, and what."""

    line: Line
    words: list[str]


@access.readers
@require_safe
def layouts(request: HttpRequest) -> HttpResponse:
    """The kinds, in the order in which a request is asked whether it is one."""
    return settings_page(request, "setup/layouts.html", "layouts", {"rows": Layout.objects.every()})


@access.readers
@require_safe
def layout(request: HttpRequest, code: str) -> HttpResponse:
    """One kind: its blocks, how the page looks with them, who has changed what."""
    found = Layout.objects.of(_kind(code))
    plan = found.plan
    pressed = request.GET.get("block", ""), request.GET.get("to", "")
    context = {
        "layout": found,
        "areas": [(area, area.label, _rows(plan, area, *pressed)) for area in Area],
        "is_special": code in FIRST,
        "fixed": FIXED,
        "picture": _picture(plan),
        "changes": _changes(code) if access.can_read_audit(request.user) else None,
    }
    return settings_page(request, "setup/layout.html", "layouts", context)


@access.administrators
@require_POST
def press(request: HttpRequest, code: str) -> HttpResponse:
    """One press at one block; the page comes back with the focus where it was."""
    block, to = request.POST.get("block", ""), request.POST.get("to", "")
    try:
        with transaction.atomic():
            found = Layout.objects.held(_kind(code))
            found.press(block, to)
            told(request, "layout", found.code, [f"{block} {to}"])
    except Invalid as error:
        messages.error(request, error.text)
        return redirect("setup:layout", code)
    return redirect(reverse("setup:layout", args=[code], query={"block": block, "to": to}))


@access.administrators
@require_POST
def deliver(request: HttpRequest, code: str) -> HttpResponse:
    """As delivered again."""
    with transaction.atomic():
        found = Layout.objects.held(_kind(code))
        found.deliver()
        told(request, "layout", found.code, ["delivered"])
    messages.success(request, _("The page is laid out as delivered again."))
    return redirect("setup:layout", code)


def _kind(code: str) -> str:
    if code not in Kind.values:
        raise Http404
    return code


def _state(plan: Plan, code: str) -> str:
    return "hidden" if code in plan.hidden else "folded" if code in plan.folded else "open"


def _rows(plan: Plan, area: str, pressed: str = "", to: str = "") -> list[Row]:
    codes = plan.of(area)
    rows = [Row(BLOCKS[code], _state(plan, code), code == codes[0], code == codes[-1]) for code in codes]
    return [replace(row, focus=_focus(row, to)) if row.block.code == pressed else row for row in rows]


def _focus(row: Row, to: str) -> str:
    """The button that was pressed; at an end, where it is none any more, the other way."""
    if to in ("up", "down"):
        return "down" if row.is_first else "up" if row.is_last else to
    return to


def _picture(plan: Plan) -> dict[str, Any]:
    """What is in sight: the strips, the tabs, and what the tab holds that opens by itself."""
    seen = {str(area): [row for row in _rows(plan, area) if row.state != "hidden"] for area in Area}
    opens = seen["tabs"][0].block
    return {"above": seen["above"], "tabs": seen["tabs"], "opens": opens, "panel": seen.get(opens.name, [])}


def _changes(code: str) -> list[Change]:
    lines = Line.objects.filter(about="tickets.Layout", about_id=code, kind="row.update").select_related("actor")
    return [Change(line, _words(code, line)) for line in lines.order_by("-id")[:LATEST]]


def _words(code: str, line: Line) -> list[str]:
    """In words what one line of the trail says; a column that did not change is not in it."""
    was, became = line.before, line.after
    if not became.get("order", ["…"]):
        return [_("as delivered")]
    said = []
    if "order" in became:
        before, after = (completed(code, one["order"], (), ()) for one in (was, became))
        areas = [str(area.label) for area in Area if before.of(area) != after.of(area)]
        said += [_("order: %(areas)s") % {"areas": ", ".join(areas)}] if areas else []
    for column, on, off in (
        ("folded", pgettext("change of a layout", "folded"), pgettext("change of a layout", "open")),
        ("hidden", pgettext("change of a layout", "left out"), pgettext("change of a layout", "shown again")),
    ):
        before_, after_ = was.get(column, []), became.get(column, [])
        for word, codes in ((on, _without(after_, before_)), (off, _without(before_, after_))):
            said += [f"{word}: {', '.join(codes)}"] if codes else []
    return said


def _without(codes: list[str], others: list[str]) -> list[str]:
    return [str(BLOCKS[one].label) for one in codes if one in BLOCKS and one not in others]
