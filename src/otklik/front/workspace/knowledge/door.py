"""Who comes in, and to which article."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.care.knowledge import access
from otklik.care.knowledge.models import Article
from otklik.core.staff.models import User
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.known import LARGEST
from otklik.front.workspace.queries import one


def article_of(request: HttpRequest, pk: int) -> Article:
    """The one of an address; 404 for one that is not there."""
    if not access.may_read(person(request)):
        raise PermissionDenied
    found = Article.objects.filter(pk=min(pk, LARGEST)).select_related("owner", "section", "original").first()
    if found is None:
        raise Http404
    return found


def kept_by(request: HttpRequest, pk: int) -> Article:
    """The same, for its owner and leads alone; who merely reads gets 403."""
    article = article_of(request, pk)
    if not access.may_change(person(request), article):
        raise PermissionDenied
    return article


def writer(request: HttpRequest) -> User:
    user = person(request)
    if not access.may_write(user):
        raise PermissionDenied
    return user


def keeper(request: HttpRequest) -> User:
    user = person(request)
    if not access.may_keep(user):
        raise PermissionDenied
    return user


def ticket_named(request: HttpRequest) -> Ticket | None:
    """The request from which the reader came (`?ticket=`), where they may write in it."""
    number = request.POST.get("ticket", "") or request.GET.get("ticket", "")
    if not (number.isdecimal() and len(number) < 19):
        return None
    user = person(request)
    found = one.ticket_to_act(int(number), user)
    return found if found is not None and can_answer(user, found) else None


def back(request: HttpRequest, article: Article, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("workspace:article", article.pk)
