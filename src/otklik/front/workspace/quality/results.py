"""What reviews say of a quarter: by person and element, by criterion; with how sure it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from otklik.care.quality import access, figures, leniency
from otklik.care.quality.elements import Element
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
        "heat": [(one.name, [one.by_element.get(element) for element in told.elements]) for one in told.people],
        "bars": [(name, mean) for name, mean in told.criteria],
        "says": says(told),
        "reviewers": leniency.of_reviewers(user) if access.may_begin(user) else [],
    }
    return show(request, "workspace/quality/results.html", context)


def says(told: figures.Quarter) -> str | Promise:
    """The conclusion of the map."""
    known = [(value, Element(element).label) for element, value in told.by_element.items() if value is not None]
    if not known:
        return _("Nothing was reviewed at random yet")
    return _("The weakest element is %(name)s") % {"name": min(known)[1]}
