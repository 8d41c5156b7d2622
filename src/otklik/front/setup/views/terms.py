"""Terms of keeping: how long, what would go, what went."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from otklik.desk.privacy import terms
from otklik.desk.privacy.models import Term
from otklik.front.setup import access
from otklik.front.setup.forms.personal import TermForm
from otklik.front.setup.views.page import settings_page

RUNS = 14


@access.readers
def term(request: HttpRequest, code: str) -> HttpResponse:
    """One class of data; "look" counts what would go with these days and changes nothing."""
    found = Term.objects.of(code)
    if found is None:
        raise Http404
    form = TermForm(request.POST or None, instance=found)
    trial = None
    if form.is_valid():
        if "look" in request.POST:
            trial = terms.trial(found)
        else:
            found.put(by=access.acting(request))
            messages.success(request, _("Saved."))
            return redirect("setup:term", code)
    context = {
        "term": found,
        "form": form,
        "trial": trial,
        "runs": found.runs.all()[:RUNS] if found.pk else [],
    }
    return settings_page(request, "setup/term.html", "personal", context, 422 if form.errors else 200)
