"""What people send by forms and addresses, without the one character that the database cannot keep."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class StorableMiddleware:
    """Takes it out before any view reads: a text that was pasted with it is an ordinary text.

    In the path of an address it names nothing that there is: 404, which a view that has a `nowhere` says in its own
    way.  Doors of programs read bodies of their own and judge them themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Sequence[Any], named: Mapping[str, Any]
    ) -> HttpResponse | None:
        if any(isinstance(part, str) and NUL in part for part in (*args, *named.values())):
            nowhere: Callable[[HttpRequest], HttpResponse] | None = getattr(view, "nowhere", None)
            if nowhere is None:
                raise Http404
            return nowhere(request)
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and not getattr(view, "csrf_exempt", False) and _has(request.POST):
            request.POST = _without(request.POST)  # type: ignore[assignment]
        return None


def _has(form: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in form.lists())


def _without(form: QueryDict) -> QueryDict:
    clean = QueryDict(mutable=True, encoding=form.encoding)
    for name, values in form.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean
