"""Review of conversations: by what people are judged, and which conversations are drawn."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from otklik.care.quality.figures import CONCLUDES
from otklik.care.quality.models import CannotRun, Criterion, Draw, Plan, ReviewPolicy, Scorecard
from otklik.care.quality.models.scorecard import Version
from otklik.care.quality.redrawing import made_again
from otklik.care.quality.sizing import enough
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.front.setup import access
from otklik.front.setup.forms.quality import CriterionForm, PlanForm, ScorecardForm, TermsForm, channel_names
from otklik.front.setup.views.page import settings_page, told

MOST = 200
DRAWS = 12


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The head and administrators change cards, leads read by what they are judged."""
    may = access.can_set_secrecy(request.user)
    return settings_page(request, f"setup/quality/{template}.html", "quality", {**context, "can_change": may}, status)


@access.heads
def index(request: HttpRequest) -> HttpResponse:
    Scorecard.objects.usual()  # a new desk sees the one that it begins with
    running = Max("versions__number", filter=~Q(versions__frozen_at=None))
    cards = Scorecard.objects.filter(ended_at=None).annotate(runs=running, newest=Max("versions__number"))
    plans = Plan.objects.running().select_related("line", "person", "controller").order_by("pk")
    shown = list(plans[:MOST])
    last = Draw.objects.filter(plan__in=shown).defer("candidates").order_by("plan", "-until").distinct("plan")
    draws = {draw.plan_id: draw for draw in last}
    names = channel_names()
    rows = [(plan, names.get(plan.channel, ""), draws.get(plan.pk)) for plan in shown]
    named = [(card, names.get(card.channel, "")) for card in cards.order_by("channel", "pk")[:MOST]]
    return _page(request, "index", {"cards": named, "plans": rows})


@access.heads
def card(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One card with its criteria, or a new one."""
    found = _card(pk) if pk else None
    if found is None and not access.can_set_secrecy(request.user):
        return redirect("setup:quality")
    name = found.name if found else ""
    form = ScorecardForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = form.save()
        if found is None:
            saved.draft()
        told(request, "scorecard", saved, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:scorecard", pk=saved.pk)
    context = {"form": form, "card": found, "name": name, **(_of(found) if found else {})}
    return _page(request, "card", context, 422 if form.is_bound else 200)


def _card(pk: int) -> Scorecard:
    return get_object_or_404(Scorecard, pk=pk, ended_at=None)


def _of(card: Scorecard) -> dict[str, Any]:
    current, draft = card.current(), card.drafted()
    shown = draft or current
    criteria = list(shown.criteria.all()) if shown else []
    return {
        "current": current,
        "draft": draft,
        "criteria": criteria,
        "weights": sum(one.weight for one in criteria),
        "differences": _differences(current, draft) if draft and current else [],
    }


def _differences(before: Version, now: Version) -> list[str]:
    """What is judged otherwise, a line each."""
    was, new = before.said(), now.said()
    said = [_("no longer: “%s”") % one for one in was if one not in new]
    return said + [_("new: “%s”") % one for one in new if one not in was]


@access.heads
def criterion(request: HttpRequest, pk: int, criterion: int | None = None) -> HttpResponse:
    """One criterion of the version that is being written."""
    found = _card(pk)
    draft = found.drafted()
    if draft is None or not access.can_set_secrecy(request.user):
        return redirect("setup:scorecard", pk=pk)
    one = get_object_or_404(draft.criteria, pk=criterion) if criterion else Criterion(version=draft)
    form = CriterionForm(request.POST or None, instance=one)
    if form.is_valid():
        form.save()
        told(request, "scorecard", found, ["criteria"])
        messages.success(request, _("Saved."))
        return redirect("setup:scorecard", pk=pk)
    context = {"form": form, "card": found, "criterion": one if criterion else None}
    return _page(request, "criterion", context, 422 if form.is_bound else 200)


@access.heads
@require_POST
def change(request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    """`do` is up, down or drop; what people are judged by now is not there to be changed."""
    found = _card(pk)
    one = get_object_or_404(Criterion.objects.select_related("version"), pk=criterion, version__scorecard=found,
                            version__frozen_at=None)  # fmt: skip
    match request.POST.get("do"):
        case "drop":
            one.delete()
        case "up":
            one.step(-1)
        case "down":
            one.step(1)
    told(request, "scorecard", found, ["criteria"])
    return redirect("setup:scorecard", pk=pk)


@access.heads
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another version, or throw the one that was begun away."""
    found = _card(pk)
    if request.POST.get("do") != "drop":
        found.draft()
    elif found.current() and (draft := found.drafted()):
        draft.delete()
    told(request, "scorecard", found, ["criteria"])
    return redirect("setup:scorecard", pk=pk)


@access.heads
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    found = _card(pk)
    draft = found.drafted()
    if draft is None:
        return redirect("setup:scorecard", pk=pk)
    try:
        draft.run()
    except CannotRun as problem:
        context = {"form": ScorecardForm(instance=found), "card": found, "name": found.name, "problem": str(problem)}
        return _page(request, "card", {**context, **_of(found)}, 422)
    told(request, "scorecard", found, [f"version {draft.number}"])
    messages.success(
        request, _("New reviews are made by version %s; those that were begun keep theirs.") % draft.number
    )
    return redirect("setup:scorecard", pk=pk)


@access.heads
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A card of one channel; the one for all stays."""
    found = _card(pk)
    if found.channel:
        found.ended_at = clock.now()
        found.save(update_fields=["ended_at"])
        told(request, "scorecard", found, ["ended"])
        messages.success(request, _("Nobody is judged by this card any more."))
    return redirect("setup:quality")


@access.heads
def terms(request: HttpRequest) -> HttpResponse:
    """By when a review is written, disputed and decided."""
    form = TermsForm(request.POST or None, instance=ReviewPolicy.objects.current())
    if form.is_valid():
        told(request, "terms of reviews", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:review_terms")
    return _page(request, "terms", {"form": form}, 422 if form.is_bound else 200)


@access.heads
def plan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Plan, pk=pk, ended_at=None) if pk else None
    if found is None and not access.can_set_secrecy(request.user):
        return redirect("setup:quality")
    form = PlanForm(request.POST or None, instance=found)
    if form.is_valid():
        told(request, "sampling plan", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:quality")
    draws = _draws(found, request.GET.get("before", "")) if found else []
    assert isinstance(request.user, User)
    context = {
        "form": form,
        "plan": found,
        "draws": draws[:DRAWS],
        "next": draws[-2].pk if draws[DRAWS:] else None,
        "enough": enough(found, request.user),
        "concludes": CONCLUDES,
    }
    return _page(request, "plan", context, 422 if form.is_bound else 200)


def _draws(plan: Plan, before: str) -> list[Draw]:
    """The newest first, one more than the page shows where there are earlier ones."""
    found = plan.draws.defer("candidates").order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    return list(found[: DRAWS + 1])


@access.heads
@require_safe
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw, made again; not for leads: some of it is the work of their line, and not published yet."""
    if not access.can_set_secrecy(request.user):
        raise Http404
    found = get_object_or_404(Draw.objects.select_related("plan"), pk=pk)
    told_again, names = made_again(found), channel_names()
    rows = [(row, names.get(row.channel, "")) for row in told_again.rows]
    return _page(request, "draw", {"draw": found, "strangers": told_again.strangers, "rows": rows})


@access.heads
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is drawn by this plan any more; what was assigned stays."""
    found = get_object_or_404(Plan, pk=pk, ended_at=None)
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    told(request, "sampling plan", found, ["ended"])
    messages.success(request, _("Nothing is drawn by this plan any more."))
    return redirect("setup:quality")
