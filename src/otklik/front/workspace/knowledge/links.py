"""Links that chance drew, one after another: the request, the article beside it, and one press whether it fits."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from otklik.care.knowledge.access import may_judge
from otklik.care.knowledge.models import LinkCheck
from otklik.care.knowledge.states import Fit
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.conversations.html import safe
from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.knowledge.door import keeper
from otklik.front.workspace.known import LARGEST
from otklik.front.workspace.quality.talk import script_of
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

DAYS = 90
LATELY = 10
GLYPHS = {Fit.RIGHT: "check", Fit.WRONG: "x", Fit.UNSURE: "info"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The first of the reader's own; `?check=` one that they have judged and look at anew."""
    user = keeper(request)
    owed = LinkCheck.objects.of(user).aggregate(n=Count("pk"), due=Min("due_at"))
    check = _asked(request, user) or _known(LinkCheck.objects.of(user)).first()
    metric = METRICS["kb.link_accuracy"]
    scope = Scope(midnight(today() - timedelta(days=DAYS - 1)), midnight(today() + timedelta(days=1)))
    figure = layer.figure(Question(metric, scope))
    context: dict[str, Any] = {
        "check": check,
        "owed": owed["n"],
        "due": owed["due"],
        "choices": [(one, place, GLYPHS[one]) for place, one in enumerate(Fit, 1)],
        "lately": list(_known(LinkCheck.objects.filter(looked_by=user)).order_by("-looked_at", "-pk")[:LATELY]),
        "metric": metric,
        "value": "" if figure.status in ("undefined", "hidden") else telling.shown(figure),
        "sure": telling.sure(figure),
        "made_of": telling.of_how_many(figure) if figure.n else "",
        "days": DAYS,
        "now": clock.now(),
    }
    if check is not None:
        script = script_of(check.goes_on, user)
        context |= {"script": script, "ticket": check.goes_on, "body": safe(to_html(check.article.text))}
        if script is None:
            context["choices"] = [one for one in context["choices"] if one[0] == Fit.UNSURE]
    return show(request, "workspace/knowledge/links.html", context)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """One press, and the next one comes; 404 for a link that somebody else looks at."""
    user = keeper(request)
    check = _known(LinkCheck.objects.filter(pk=min(pk, LARGEST))).first()
    if check is None or not may_judge(user, check):
        raise Http404
    try:
        check.judge(request.POST.get("fit", ""), by=user)
    except Refused as error:
        messages.error(request, error.text)
    return redirect("workspace:links")


def _asked(request: HttpRequest, user: User) -> LinkCheck | None:
    number = request.GET.get("check", "")
    if not (number.isdecimal() and len(number) < 19):
        return None
    found = _known(LinkCheck.objects.filter(pk=int(number))).first()
    return found if found is not None and may_judge(user, found) else None


def _known(rows: Any) -> Any:
    return rows.select_related(
        "ticket__contact__client", "ticket__merged_into__contact__client", "article", "linked_by"
    )
