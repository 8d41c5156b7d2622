"""A small site for tests of the frame: a desk with a list and a form, a stream, drafts, files."""

import json
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import include, path

from otklik.core.ui import nav
from otklik.core.ui.show import show

HEARD: dict[str, Any] = {}
NEWS: list[str] = []
TOLD = threading.Condition()
PERSON = SimpleNamespace(
    pk=7,
    name="Марина Белова",
    portrait="marina",
    title="На линии до 20:00",
    is_authenticated=True,
    language="ru",
    time_zone="Europe/Moscow",
    theme="system",
    compact=False,
    keys_on=True,
)


def begin_visit() -> str:
    """Nothing is heard yet; its name, kept as a cookie, tells it from earlier pages, whose last words come late."""
    HEARD.update(drafts=[], prefs=[], posts=[], last_ids=[], streams=0, ended=[], down=False, visit=uuid4().hex)
    return str(HEARD["visit"])


begin_visit()


class PersonMiddleware:
    """Everybody is Marina."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = PERSON  # type: ignore[assignment]
        if request.COOKIES.get("visit", HEARD["visit"]) != HEARD["visit"]:
            return HttpResponse(status=410)
        return self.get_response(request)


def desk(request: HttpRequest, number: int = 0) -> HttpResponse:
    return render(request, "ui/tests/desk.html", {"rows": range(1, 5), "number": number})


def live(request: HttpRequest) -> StreamingHttpResponse | HttpResponse:
    if HEARD["down"]:
        return HttpResponse(status=503)
    HEARD["last_ids"].append(request.headers.get("Last-Event-ID", ""))
    number = HEARD["streams"] + 1
    answer = StreamingHttpResponse(
        stream(len(NEWS), number), content_type="text/event-stream", headers={"Cache-Control": "no-cache"}
    )
    HEARD["streams"] = number
    return answer


def stream(told: int, number: int) -> Iterator[str]:
    """Everything told after the first `told` news; "end" closes the stream."""
    yield ": hello\n\n"
    while True:
        with TOLD:
            if len(NEWS) == told:
                TOLD.wait(timeout=0.5)
            fresh = NEWS[told:]
        told += len(fresh)
        for news in fresh:
            if news == "end":
                HEARD["ended"].append(number)
                return
            yield news
        yield ": ping\n\n"


def tell(news: str) -> None:
    with TOLD:
        NEWS.append(news)
        TOLD.notify_all()


def search(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<a role="option" href="/desk/row/1">Найдено: {request.GET["q"]}</a>')


def draft(request: HttpRequest) -> HttpResponse:
    if HEARD["down"]:
        return HttpResponse(status=503)
    HEARD["drafts"].append(request.POST.get("text", ""))
    return HttpResponse(status=204)


def preferences(request: HttpRequest) -> HttpResponse:
    HEARD["prefs"].append(request.POST.dict())
    return HttpResponse(status=204)


def upload(request: HttpRequest) -> JsonResponse:
    name = str(getattr(request.FILES["file"], "name", ""))
    if name.endswith(".exe"):
        return JsonResponse({"error": "Такие файлы не берём"}, status=422)
    return JsonResponse({"id": 41, "name": name})


def answer(request: HttpRequest) -> HttpResponse:
    HEARD["posts"].append(request.POST.dict())
    if not request.POST.get("word"):
        return show(request, "ui/tests/desk.html", {"problem": "Напишите слово"}, part="form", status=422)
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"say": {"text": "Sent"}})})


def fragment(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        f'<p id="news" hx-get="/fragment/" hx-trigger="live:ticket from:body" hx-swap="outerMorph">{next(COUNT)}</p>'
    )


def word(request: HttpRequest) -> HttpResponse:
    return HttpResponse("готово")


def dialog(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/tests/dialog.html")


COUNT = iter(range(1, 1000))
sample = (
    [
        path("desk/", desk, name="desk"),
        path("desk/row/<int:number>", desk),
        path("desk/row/", desk, name="row"),
        path("live/", live, name="live"),
        path("search/", search, name="search"),
        path("preferences/", preferences, name="preferences"),
    ],
    "sample",
)
urlpatterns = [
    path("", include(sample)),
    path("draft/", draft),
    path("upload/", upload),
    path("answer/", answer),
    path("fragment/", fragment),
    path("dialog/", dialog),
    path("word/", word),
    path("ui/", include("otklik.core.ui.urls")),
]


def furnish() -> None:
    """The menu of this site."""
    nav.add(nav.Entry("desk", "Очередь", icon="inbox", url="sample:desk", keys="Q", tab=True, home=True))
    nav.add(nav.Entry("row", "База знаний", icon="book", url="sample:row", keys="K", section="lead"))
    for name in nav.DOORS:
        nav.open_door(name, f"sample:{name}")
