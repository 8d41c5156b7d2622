"""Saved replies: read by whom may send them, written by whom may change them."""

from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import Role, User
from otklik.desk.conversations.access import (
    can_change,
    can_decide,
    can_give_replies_to_all,
    can_use,
    lines_given_replies_by,
)
from otklik.desk.conversations.models import SavedReply, SavedReplyWording
from otklik.desk.tickets.errors import Invalid
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, tried
from otklik.front.api.keeping import named
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.texts import Purpose, SavedReplyIn, SavedReplyOut

router = Router(tags=["saved replies"])
RELATED = ("team", "keeper", "owner", "offered_team")
PLAIN = ("id", "name", "shortcut", "text", "text_en", "purpose", "review_on", "changed_at")
WORDED = ("channel", "tone", "text", "text_en")


@router.get("", auth=reading, response=answers(list[SavedReplyOut]), operation_id="list_saved_replies")
def list_saved_replies(
    request: HttpRequest,
    query: str = Query("", max_length=100, description="a part of the name, or how the shortcut begins"),
    purpose: Annotated[Purpose | None, Query(description="where the desk offers or sends it; empty: nowhere")] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """One's own, those of one's lines, and those of everybody; by name."""
    user = writer(request)
    rows = SavedReply.objects.usable_by(user).select_related(*RELATED).prefetch_related("wordings")
    if words := query.strip():
        rows = rows.filter(Q(name__icontains=words) | Q(shortcut__istartswith=words))
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    return [row(one, user) for one in page(request, rows, ("name", "id"), cursor, limit)[0]]


@router.get("/offered", auth=reading, response=answers(list[SavedReplyOut]), operation_id="list_offered_replies")
def list_offered_replies(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Texts of colleagues that they would share and on which the person decides; none for who does not lead."""
    user = writer(request)
    rows = SavedReply.objects.offered_to(user).select_related(*RELATED).prefetch_related("wordings")
    return [row(one, user) for one in page(request, rows, ("offered_at", "id"), cursor, limit)[0]]


@router.get("/{int:pk}", auth=reading, response=answers(SavedReplyOut), operation_id="read_saved_reply")
def read_saved_reply(request: HttpRequest, pk: int) -> Any:
    """One of them; its places stand in braces."""
    return row(one_of(request, pk), person(request))


@router.post("", auth=writing, response=answers(SavedReplyOut, 201), operation_id="create_saved_reply")
def create_saved_reply(request: HttpRequest, body: SavedReplyIn, key: Key = "") -> Any:
    """For oneself; for a line of one's own or for everybody by who leads."""
    user = writer(request)
    told = {"saved reply": body.dict()}
    return Status(201, once(request, key, told, lambda: _kept(SavedReply(), body, user)))


@router.put("/{int:pk}", auth=writing, response=answers(SavedReplyOut), operation_id="replace_saved_reply")
def replace_saved_reply(request: HttpRequest, pk: int, body: SavedReplyIn, key: Key = "") -> Any:
    """One's own, or a shared one by who leads."""

    def act() -> Any:
        return _kept(changeable(request, pk), body, person(request))

    return once(request, key, {"saved reply": pk, **body.dict(exclude_unset=True)}, act)


@router.post("/{int:pk}/remove", auth=writing, response=answers(SavedReplyOut), operation_id="remove_saved_reply")
def remove_saved_reply(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Answers with what it was."""

    def act() -> Any:
        user = writer(request)
        found = changeable(request, pk)
        told = row(found, user)
        found.remove(by=user)
        return told

    return once(request, key, {"no saved reply": pk}, act)


def writer(request: HttpRequest) -> User:
    user = person(request)
    if not user.answers:
        raise HttpError(403, "this person does not answer clients")
    return user


def one_of(request: HttpRequest, pk: int) -> SavedReply:
    user = writer(request)
    found = SavedReply.objects.select_related(*RELATED).filter(pk=min(pk, LARGEST)).first()
    if found is None or not (can_use(user, found) or found.keeper_id == user.pk or can_decide(user, found)):
        raise HttpError(404, "not found")
    return found


def changeable(request: HttpRequest, pk: int) -> SavedReply:
    found = one_of(request, pk)
    if not can_change(person(request), found):
        raise HttpError(403, "who leads changes what others use")
    return found


def _kept(one: SavedReply, body: SavedReplyIn, by: User) -> dict[str, Any]:
    line = next((each for each in lines_given_replies_by(by) if each.name == body.line), None)
    if body.line and line is None:
        raise Invalid(_("Choose a line."), "line")
    if body.everybody and (line is not None or not can_give_replies_to_all(by)):
        raise Invalid("who leads writes for everybody, or for one line", "everybody")
    if not body.text.strip():
        raise Invalid(_("Fill this in."), "text")
    one.name, one.shortcut, one.purpose = named(body.name), body.shortcut, body.purpose
    one.text, one.text_en = body.text, body.text_en
    one.team, one.owner = line, None if line or body.everybody else by
    _see_to(one, body, by)
    worded = _worded(body) if "wordings" in body.model_fields_set else None

    def keep() -> None:
        one.full_clean()
        one.keep(by=by)
        if worded is not None:
            one.wordings.all().delete()
            SavedReplyWording.objects.bulk_create(SavedReplyWording(reply=one, **told) for told in worded)

    tried(keep)
    return row(one, by)


def _see_to(one: SavedReply, body: SavedReplyIn, by: User) -> None:
    """Who answers for it, and when they are asked.  Raises Invalid."""
    said = body.model_fields_set
    if "review_on" in said:
        one.review_on = body.review_on
    if "keeper" not in said:
        return
    if not by.leads:
        raise Invalid("who leads says who answers for a text", "keeper")
    people = User.objects.filter(is_active=True).exclude(role=Role.QUALITY)
    one.keeper = people.filter(login=body.keeper.lower()).first() if body.keeper else None
    if body.keeper and one.keeper is None:
        raise Invalid("nobody of this name answers clients", "keeper")


def _worded(body: SavedReplyIn) -> list[dict[str, str]]:
    """Raises Invalid for a wording that is for everybody everywhere, as the text is, and for two of one way."""
    ways = [(told.channel, told.tone) for told in body.wordings]
    if ("", "") in ways:
        raise Invalid(_("Say where it stands instead, or to whom."), "wordings")
    if len({*ways}) < len(ways):
        raise Invalid("two wordings are for the same channel and tone", "wordings")
    return [told.dict() for told in body.wordings]


def row(one: SavedReply, user: User) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PLAIN} | {
        "wordings": [{name: getattr(each, name) for name in WORDED} for each in one.wordings.all()],
        "author": present.person_row(one.owner),
        "offered": _offered(one),
        "keeper": present.person_row(one.keeper),
        "line": one.team.name if one.team else None,
        "everybody": one.owner_id is None and one.team_id is None,
        "can_change": can_change(user, one),
    }


def _offered(one: SavedReply) -> dict[str, Any] | None:
    if one.offered_at is None:
        return None
    return {"at": one.offered_at, "line": one.offered_team.name if one.offered_team else None}
