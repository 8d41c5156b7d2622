"""Topics: the tree of what requests are about."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.setup import access
from otklik.front.setup.forms import TopicForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def topics(request: HttpRequest) -> HttpResponse:
    """The tree with the open requests of each topic."""
    tree, open_ = Topic.objects.tree(), _open()
    rows = [(level, topic, tree.in_use(topic.pk), open_.get(topic.pk, 0)) for level, topic in tree.walk()]
    return settings_page(request, "setup/topics.html", "topics", {"rows": rows})


@access.readers
def topic(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One topic, or a new one (`?under=` another)."""
    found = get_object_or_404(Topic, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:topics")
    tree, under = Topic.objects.tree(), request.GET.get("under", "")
    name = found.name if found else ""
    form = TopicForm(request.POST or None, instance=found, tree=tree, initial={"parent": under} if under else None)
    if form.is_valid() and (saved := _saved(form)):
        told(request, "topic", saved, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:topics")
    context = {"form": form, "topic": found, "name": name, "path": tree.path(found.parent_id) if found else []}
    return settings_page(request, "setup/topic.html", "topics", context, 422 if form.is_bound else 200)


@access.administrators
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down among its neighbours."""
    found = get_object_or_404(Topic, pk=pk)
    found.step(-1 if request.POST.get("to") == "up" else 1)
    told(request, "topic", found, ["position"])
    return redirect("setup:topics")


def _saved(form: TopicForm) -> Topic | None:
    """None where somebody changed the tree meanwhile; the form says what is wrong now."""
    try:
        return form.save()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _open() -> dict[int, int]:
    counted = Ticket.objects.open().exclude(topic=None).values_list("topic").annotate(count=Count("pk"))
    return dict(counted)
