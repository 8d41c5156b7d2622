"""Keys of one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.core.staff import own_keys
from otklik.core.staff.own_keys import MOVED, Unfit
from otklik.core.staff.views.me import me
from otklik.core.ui.keys import SCOPES


@login_required
@require_http_methods(["GET", "POST"])
def hotkeys(request: HttpRequest) -> HttpResponse:
    """Each action that has a letter; what is wrong is said, and nothing typed is lost."""
    person, wrong = me(request), None
    told = {key.action: person.own_keys.get(key.action, key.keys) for key in MOVED}
    if request.method == "POST":
        told = {key.action: request.POST.get(key.action, key.keys)[:20] for key in MOVED}
        if "usual" in request.POST:
            told = {key.action: key.keys for key in MOVED}
        try:
            person.own_keys = own_keys.chosen(told)
        except Unfit as error:
            wrong = error
        else:
            person.save(update_fields=["own_keys"])
            messages.success(request, _("Saved."))
            return redirect("staff:hotkeys")
    scopes = [
        (label, [(key, told[key.action], key.keys) for key in MOVED if key.scope == scope])
        for scope, label in SCOPES.items()
    ]
    context = {"here": "hotkeys", "scopes": [one for one in scopes if one[1]], "wrong": wrong}
    return render(request, "staff/hotkeys.html", context, status=422 if wrong else 200)
