"""Talks with dissatisfied clients: who is owed one, what came of them and why, and in what share they were in time."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from otklik.care.surveys.models import Answer, FollowUp, Survey
from otklik.care.surveys.models.follow_up import LONGEST_WORDS
from otklik.care.surveys.scales import SCALES
from otklik.core.formulas import wilson
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.front.board.access import lines_of
from otklik.front.board.surveyed.access import watcher
from otklik.team.metrics.sureness import status_of

PAGE = 50
BIGGEST = 2**63 - 1


class TalkForm(forms.Form):
    result = forms.ChoiceField(
        label=pgettext_lazy("a talk", "What came of it"), choices=FollowUp.Result.choices, widget=forms.RadioSelect
    )
    cause = forms.ChoiceField(
        label=gettext_lazy("Why they were dissatisfied"),
        choices=[("", "—"), *FollowUp.Cause.choices],
        help_text=gettext_lazy("As the client says it, not as we see it."),
    )
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What was agreed, with whom and until when; nothing about who is to blame."),
    )


@dataclass(frozen=True)
class Loop:
    """METRICS S13, of all versions: `in_time` of `decided` talks; `nameless` low answers have nobody to talk to."""

    decided: int
    in_time: int
    waiting: int
    nameless: int
    late: list[tuple[str, int]]
    results: list[tuple[str, int]]
    causes: list[tuple[str, int]]

    @property
    def shown(self) -> str:
        if status_of(self.decided) in ("undefined", "hidden"):
            return ""
        return words.percent(self.in_time / self.decided, 1)

    @property
    def sure(self) -> str:
        if not self.shown:
            return ""
        told = wilson(self.in_time, self.decided)
        low, high = (words.percent(told[end] or 0.0, 1) for end in ("lo", "hi"))
        return _("most likely between %(low)s and %(high)s") % {"low": low, "high": high}

    @property
    def is_pale(self) -> bool:
        return status_of(self.decided) != "ok"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talked(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a talk: result and cause are written down, and its task is done."""
    user = watcher(request)
    related = ("invitation__survey", "invitation__contact", "task__ticket", "owner", "finished_by")
    one = get_object_or_404(_visible(user).select_related(*related), pk=min(pk, BIGGEST))
    begun = {"result": one.result, "cause": one.cause, "words": one.words}
    form = TalkForm(request.POST if request.method == "POST" else None, initial=begun if one.finished_at else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        one.finish(told["result"], told["cause"], told["words"], by=user)
        messages.success(request, _("The talk is written down."))
        return redirect("board:survey", pk=one.invitation.survey_id)
    opens = Ticket.objects.visible_to(user).filter(pk=one.invitation.ticket_id).first()
    context = {"one": one, "form": form, "ticket": opens, "now": words.here()}
    return render(request, "board/surveyed/talk.html", context, status=422 if form.errors else 200)


def owed(user: User, survey: Survey) -> list[FollowUp]:
    """Who is to be talked to, and whose talk has no result yet."""
    found = _visible(user).filter(pk__in=FollowUp.objects.unfinished(), survey=survey)
    rows = list(found.select_related("invitation__ticket", "invitation__contact", "owner").order_by("due_at")[:PAGE])
    seen = Ticket.objects.visible_to(user)
    may = set(seen.filter(pk__in={one.invitation.ticket_id for one in rows}).values_list("pk", flat=True))
    for one in rows:
        one.opens = one.invitation.ticket_id in may  # type: ignore[attr-defined]
    return rows


def loop(user: User, survey: Survey) -> Loop:
    """Two statements, however many talks there were."""
    found = _visible(user).filter(survey=survey).order_by()
    reached = ~Q(closed_at=None) & ~Q(result=FollowUp.Result.UNREACHED)
    unreached = Q(result=FollowUp.Result.UNREACHED, closed_at__isnull=False)
    pairs: list[Any] = list(
        found.values("result", "cause").annotate(
            n=Count("*"),
            decided=Count("pk", filter=~Q(closed_at=None) | Q(due_at__lte=clock.now())),
            on_time=Count("pk", filter=reached & Q(closed_at__lte=F("due_at"))),
            late=Count("pk", filter=reached & Q(closed_at__gt=F("due_at"))),
            unreached=Count("pk", filter=unreached),
            silent=Count("pk", filter=Q(closed_at=None, due_at__lte=clock.now())),
            waiting=Count("pk", filter=Q(closed_at=None, due_at__gt=clock.now())),
        )
    )
    told = Counter[str]()
    for one in pairs:
        told.update({name: n for name, n in one.items() if name not in ("result", "cause", "n")})
    why = ((_("talked to later"), told["late"]), (_("not talked to yet"), told["silent"]))
    chosen = [one for one in pairs if one["result"]]
    return Loop(
        decided=told["decided"],
        in_time=told["on_time"],
        waiting=told["waiting"],
        nameless=_nameless(user, survey),
        late=[(says, n) for says, n in (*why, (_("could not be reached"), told["unreached"])) if n],
        results=_summed(chosen, "result", FollowUp.Result),
        causes=_summed(chosen, "cause", FollowUp.Cause),
    )


def _summed(pairs: list[Any], name: str, choices: Any) -> list[tuple[str, int]]:
    """Those that were chosen, most often first."""
    of: dict[str, int] = {}
    for one in pairs:
        of[one[name]] = of.get(one[name], 0) + one["n"]
    return [(str(choices(value).label), n) for value, n in sorted(of.items(), key=lambda pair: (-pair[1], pair[0]))]


def _nameless(user: User, survey: Survey) -> int:
    """Low answers of whoever came by an open link: nobody can be called, so they are in no share."""
    low = Q(pk__in=[])
    for kind, scale in SCALES.items():
        if scale.bad is not None:
            bound = {"value__gte": scale.bad} if scale.falls else {"value__lte": scale.bad}
            low |= Q(question__kind=kind, **bound)
    found = Answer.objects.filter(low, invitation__survey=survey, invitation__contact=None)
    found = found if user.sees_everything else found.filter(invitation__team__in=[team.pk for team in lines_of(user)])
    return found.values("invitation").distinct().count()


def _visible(user: User) -> QuerySet[FollowUp]:
    found = FollowUp.objects.all()
    return found if user.sees_everything else found.filter(team__in=[team.pk for team in lines_of(user)])
