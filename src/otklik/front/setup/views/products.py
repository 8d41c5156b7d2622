"""Products: what requests are about beside their topic, and what a class may be promised for."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket
from otklik.front.setup import access
from otklik.front.setup.forms import ProductForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def products(request: HttpRequest) -> HttpResponse:
    """The directory with the classes promised for each and its open requests."""
    open_ = dict(Ticket.objects.open().exclude(product=None).values_list("product").annotate(count=Count("pk")))
    found = Product.objects.annotate(classes=Count("agreements", Q(agreements__ends_on=None), distinct=True))
    rows = [(one, one.classes, open_.get(one.pk, 0)) for one in found.order_by("-is_active", "name")]
    return settings_page(request, "setup/products.html", "products", {"rows": rows})


@access.readers
def product(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One product, or a new one."""
    found = get_object_or_404(Product, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:products")
    name = found.name if found else ""
    form = ProductForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = form.save()
        told(request, "product", saved, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:products")
    context = {"form": form, "product": found, "name": name}
    return settings_page(request, "setup/product.html", "products", context, 422 if form.is_bound else 200)
