"""What reviews say of a quarter: by person and element, by criterion; with how sure it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from otklik.care.quality import access, figures, leniency
from otklik.care.quality.elements import Element
from otklik.core.ui.charts import Pale
from otklik.core.ui.show import show
from otklik.front.workspace.quality.views import reviewer


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    user = reviewer(request)
    told = figures.of_quarter(user)
    context: dict[str, Any] = {
        "told": told,
        "days": figures.DAYS,
        "least": figures.CONCLUDES,
        "columns": [str(Element(one).label) for one in told.elements],
        "heat": [(one.name, [_cell(one.by_element.get(name)) for name in told.elements]) for one in told.people],
        "bars": [(name, mean) for name, mean in told.criteria],
        "says": says(told),
        "reviewers": leniency.of_reviewers(user) if access.may_begin(user) else [],
    }
    return show(request, "workspace/quality/results.html", context)


def says(told: figures.Quarter) -> str | Promise:
    """The conclusion of the map."""
    if not told.elements:
        return _("Nothing was reviewed at random yet")
    if not told.weakest:
        return _("No element is surely weaker than the others")
    return _("The weakest element is %(name)s") % {"name": Element(told.weakest).label}


def _cell(told: figures.Judged | None) -> float | None:
    if told is None:
        return None
    return told.mean if told.concludes else Pale(told.mean)
