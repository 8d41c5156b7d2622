"""By when a client who complains hears from us, and who manages complaints."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from otklik.care.complaints.models import ComplaintPolicy
from otklik.front.setup import access
from otklik.front.setup.forms.complaints import ComplaintPolicyForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def terms(request: HttpRequest) -> HttpResponse:
    form = ComplaintPolicyForm(request.POST or None, instance=ComplaintPolicy.objects.current())
    if form.is_valid():
        told(request, "complaints", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:complaints")
    return settings_page(request, "setup/complaints.html", "complaints", {"form": form}, 422 if form.is_bound else 200)
