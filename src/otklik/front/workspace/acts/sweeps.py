"""An act on a whole list as its person sees it: what would happen, how far it is, what came of it; nobody else's."""

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.core.staff import letters
from otklik.core.ui import words
from otklik.core.ui.show import show, wants_part
from otklik.desk.imports import sheets
from otklik.desk.routing import many
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Sweep
from otklik.desk.tickets.models.sweep import State
from otklik.front.workspace import replying, sweep_verbs
from otklik.front.workspace.acts.going import lead_to, queue_page
from otklik.front.workspace.door import person

TEMPLATE = "workspace/sweep.html"
ACTS = {
    "take": gettext_lazy("Take"),
    "assign": gettext_lazy("Assign"),
    "line": gettext_lazy("Pass to another line"),
    "labels": gettext_lazy("Topic and tags"),
    "priority": gettext_lazy("Priority"),
    "aside": gettext_lazy("Put aside"),
    "close": gettext_lazy("Close without an answer"),
    "incident": gettext_lazy("Attach to an incident"),
    "detach": gettext_lazy("Detach from the incident"),
    "macro": gettext_lazy("Macro"),
    "unread": gettext_lazy("Mark as unread"),
    "problem": gettext_lazy("Link to a problem"),
    "watch": gettext_lazy("Ask others to watch"),
    "reply": gettext_lazy("Answer all of them"),
}
"""As its button says it."""


@never_cache
@login_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """It asks for its own state again while a job works on it; an answer to many is read by a second person, too."""
    return _shown(request, _seen(request, pk))


@login_required
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """What would happen was read: now it happens."""

    return _turned(request, _own(request, pk), sweep_verbs.go)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person has read it: whoever wrote it may begin."""
    sweep = _seen(request, pk)
    if not replying.may_approve(person(request), sweep):
        raise Http404
    try:
        sweep_verbs.approve(sweep, person(request))
        messages.success(request, _("%(name)s may send it now.") % {"name": sweep.by.name})
    except Refused as error:
        messages.error(request, error.text)
    return lead_to(request, reverse("workspace:sweep", args=[pk]))


@login_required
@require_POST
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The first of the answers, to oneself."""
    me, sweep = person(request), _own(request, pk)
    sample = next(iter(sweep_verbs.samples(sweep, me)), None)
    if sweep.act != replying.ACT or sample is None:
        raise Http404
    if not me.email:
        messages.error(request, _("No address of yours is known: an administrator writes it on your page."))
    else:
        letters.send("answer_to_many", me, ticket=sample[0], text=sample[1])
        messages.success(request, _("Sent to %(address)s.") % {"address": me.email})
    return lead_to(request, reverse("workspace:sweep", args=[pk]))


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """By its person; an answer to many by whoever decides on their line, too."""
    sweep, me = _seen(request, pk), person(request)
    return _turned(request, sweep, lambda found: sweep_verbs.take_back(found, me))


@login_required
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """After the portion that is under way; with `back` what is done by then is taken back as well."""
    sweep, me = _seen(request, pk), person(request)
    if "back" in request.POST:
        return _turned(request, sweep, lambda found: sweep_verbs.stop_and_take_back(found, me))
    sweep_verbs.stop(sweep, me)
    return lead_to(request, reverse("workspace:sweep", args=[pk]))


@login_required
@require_safe
def table(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Number, what came of it, why: one line for each that was changed, and for the first ones of each reason."""
    sweep = _own(request, pk)
    written = sheets.as_csv([_("Number"), _("What came of it"), _("Why")], _rows(sweep))
    language, zone = translation.get_language() or "en", timezone.get_current_timezone()
    response = StreamingHttpResponse(sheets.as_read_in(language, zone, written), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sweep-{sweep.pk}.csv"'
    return response


def _own(request: HttpRequest, pk: int) -> Sweep:
    return get_object_or_404(Sweep, pk=pk, by=person(request))


def _seen(request: HttpRequest, pk: int) -> Sweep:
    """One's own, or an answer to many on whose line one's word holds."""
    sweep = get_object_or_404(Sweep.objects.select_related("by"), pk=pk)
    if not replying.may_halt(person(request), sweep):
        raise Http404
    return sweep


def _turned(request: HttpRequest, sweep: Sweep, turn: Callable[[Sweep], None]) -> HttpResponse:
    try:
        turn(sweep)
    except Refused as error:
        messages.error(request, error.text)
    return lead_to(request, reverse("workspace:sweep", args=[sweep.pk]))


def _shown(request: HttpRequest, sweep: Sweep) -> HttpResponse:
    """Polled for as long as it moves; with the last answer comes what clients read."""
    part, may_approve = wants_part(request), replying.may_approve(person(request), sweep)
    letters_, last = replying.unsent(sweep)
    context = {
        "sweep": sweep,
        "act": ACTS.get(sweep.act, ""),
        "said": many.DONE["undo" if sweep.state in (State.UNDOING, State.UNDONE) else sweep.act](sweep.done),
        "left": max(sweep.total - sweep.looked, 0),
        "back": queue_page(sweep.view),
        "mine": sweep.by_id == person(request).pk,
        "waits_for_second": sweep.state == State.READY and replying.needs_second(sweep),
        "may_approve": may_approve,
        "may_halt": sweep.by_id == person(request).pk or may_approve,
        "can_be_undone": sweep.can_be_undone,
        "unsent": letters_,
        "last": words.clock(last) if last else "",
        "samples": [] if sweep.moves else sweep_verbs.samples(sweep, person(request)),
        "beside": part and not sweep.moves,
        "share": min(sweep.looked / sweep.total, 1) if sweep.total else 1,
    }
    return show(request, TEMPLATE, context, part="state")


def _rows(sweep: Sweep) -> Iterator[list[object]]:
    for items in sweep.batches.filter(undone_at=None).order_by("pk").values_list("items", flat=True).iterator(20):
        for item in items:
            yield [item["ticket"], _("changed"), ""]
    for why, count, numbers in sweep.reasons:
        for number in numbers:
            yield [number, _("not done"), why]
        if count > len(numbers):
            yield [_("and %(count)s more") % {"count": count - len(numbers)}, _("not done"), why]
