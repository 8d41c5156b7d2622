"""Shelves of the knowledge base: read by everybody who works here, kept in order by leads."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.care.knowledge import access
from otklik.care.knowledge.models import Section
from otklik.front.api.auth import person, studying, writing_up
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, tried
from otklik.front.api.keeping import named
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.articles import SectionIn, SectionOut

router = Router(tags=["articles"])


@router.get("/sections", auth=studying, response=answers(list[SectionOut]), operation_id="list_sections")
def list_sections(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Shelves of the base, in the order of its page."""
    return [_row(one) for one in page(request, _counted(), ("place", "name", "id"), cursor, limit)[0]]


@router.get("/sections/{int:pk}", auth=studying, response=answers(SectionOut), operation_id="read_section")
def read_section(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    return _row(_one(pk))


@router.post("/sections", auth=writing_up, response=answers(SectionOut, 201), operation_id="add_section")
def add_section(request: HttpRequest, body: SectionIn, key: Key = "") -> Any:
    """One more shelf; 422 for a name that another one has."""

    def act() -> Any:
        _keeper(request)
        return _kept(Section(), body)

    return Status(201, once(request, key, {"section": body.dict()}, act))


@router.put("/sections/{int:pk}", auth=writing_up, response=answers(SectionOut), operation_id="change_section")
def change_section(request: HttpRequest, pk: int, body: SectionIn, key: Key = "") -> Any:
    """Another name, another place; what stands in it stays there."""

    def act() -> Any:
        _keeper(request)
        return _kept(_one(pk), body)

    return once(request, key, {"section": pk, **body.dict()}, act)


@router.post("/sections/{int:pk}/remove", auth=writing_up, response=answers(SectionOut), operation_id="remove_section")
def remove_section(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Only an empty one (409): articles never lose their place.  Answers with what it was."""

    def act() -> Any:
        _keeper(request)
        found = _one(pk)
        told = _row(found)
        found.remove()
        return told

    return once(request, key, {"no section": pk}, act)


def _keeper(request: HttpRequest) -> None:
    if not access.may_keep(person(request)):
        raise HttpError(403, "leads keep the base in order")


def _counted() -> QuerySet[Section]:
    return Section.objects.annotate(count=Count("articles"))


def _one(pk: int) -> Section:
    found = _counted().filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _kept(one: Section, body: SectionIn) -> dict[str, Any]:
    one.name, one.name_en, one.place = named(body.name), " ".join(body.name_en.split()), body.place

    def keep() -> None:
        one.full_clean()
        one.save()

    tried(keep)
    return _row(_one(one.pk))


def _row(one: Section) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "name", "name_en", "place")}
    return told | {"articles": one.count}  # type: ignore[attr-defined]
