"""Rules: when something happens or falls due, if this holds, do that."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.ui.show import wants_part
from otklik.desk.automation import words
from otklik.desk.automation.models import Firing, Rule
from otklik.desk.automation.preview import LAST, dry_run, preview
from otklik.desk.tickets.models import Ticket
from otklik.front.setup import access
from otklik.front.setup.forms import RuleForm
from otklik.front.setup.views.page import settings_page, told

DAY = timedelta(days=1)
SHOWN = 100


@access.readers
def rules(request: HttpRequest) -> HttpResponse:
    """In the order in which they run, with how often they did today."""
    lately = Q(firings__at__gt=clock.now() - DAY)
    found = Rule.objects.annotate(
        runs=Count("firings", lately), troubled=Count("firings", lately & Q(firings__in_trouble=True)),
        last=Max("firings__at"),
    ).order_by("position", "id")  # fmt: skip
    rows = [(rule, words.when_of(rule), words.acts_of(rule.acts)) for rule in found]
    return settings_page(request, "setup/rules.html", "rules", {"rows": rows})


@access.readers
def rule(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One rule, or a new one.  Buttons inside add and drop lines or try it out; only `save` keeps it."""
    found = get_object_or_404(Rule, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:rules")
    name = found.name if found else ""
    form = RuleForm(request.POST or None, found)
    context: dict[str, Any] = {"form": form, "rule": found, "name": name, "last": LAST}
    do = request.POST.get("do", "save")
    if form.is_bound and do != "save":
        return _tried(request, form, context, do)
    if form.is_valid():
        saved = form.keep(access.acting(request))
        told(request, "rule", saved, [*form.changed_data, "conditions", "acts"])
        messages.success(request, _("Saved. It holds for what happens from now on."))
        return redirect("setup:rules")
    if found and not form.is_bound:
        context |= {"when": words.when_of(found), "held": words.conditions_of(found), "done": words.acts_of(found.acts)}
    return settings_page(request, "setup/rule.html", "rules", context, 422 if form.is_bound else 200)


def _tried(request: HttpRequest, form: RuleForm, context: dict[str, Any], do: str) -> HttpResponse:
    """The form anew, with what was asked for; nothing is kept."""
    status = 200
    if do in ("preview", "try"):
        form.is_valid()
        if form.can_be_tried:
            context |= _shown(form.draft(), do, request.POST.get("number", ""))
        else:
            status = 422
    else:
        form.rearrange(do)
    context["number"] = request.POST.get("number", "")
    if wants_part(request):
        return render(request, "setup/rule.html#form", {**context, "can_change": True}, status=status)
    return settings_page(request, "setup/rule.html", "rules", context, status)


def _shown(draft: Rule, do: str, number: str) -> dict[str, Any]:
    if do == "preview":
        return {"preview": preview(draft)}
    digits = number.strip().removeprefix("№").strip()
    known = digits.isascii() and digits.isdecimal() and len(digits) < 18
    ticket = Ticket.objects.filter(pk=int(digits)).first() if known else None
    return {"dry": dry_run(draft, ticket)} if ticket else {"no_ticket": True}


@access.administrators
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down in the order."""
    found = get_object_or_404(Rule, pk=pk)
    found.step(-1 if request.POST.get("to") == "up" else 1)
    told(request, "rule", found, ["position"])
    return redirect("setup:rules")


@access.administrators
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off; on ends a pause."""
    found = get_object_or_404(Rule, pk=pk)
    found.switch(request.POST.get("on") == "on", by=access.acting(request))
    told(request, "rule", found, ["is_active"])
    return redirect("setup:rules")


@access.administrators
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """With its log; what it did stays in the stories of the requests."""
    found = get_object_or_404(Rule, pk=pk)
    told(request, "rule", found, ["removed"])
    found.delete()
    Rule.objects.forget()
    messages.success(request, _("The rule is removed."))
    return redirect("setup:rules")


@access.readers
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """When it ran, on what, why, what it did and what failed; a lead reads of tickets that they may see."""
    found = get_object_or_404(Rule, pk=pk)
    newest = access.visible_in_log(Firing.objects.filter(rule=found), access.acting(request))
    newest = newest.order_by("-id").select_related("ticket")
    if request.GET.get("trouble"):
        newest = newest.filter(in_trouble=True)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 18:
        newest = newest.filter(pk__lt=int(before))
    rows = list(newest[: SHOWN + 1])
    context = {"rule": found, "rows": rows[:SHOWN], "trouble": bool(request.GET.get("trouble"))}
    context["next"] = rows[SHOWN - 1].pk if len(rows) > SHOWN else None
    return settings_page(request, "setup/rule_log.html", "rules", context)
