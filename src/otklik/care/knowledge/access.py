"""Who reads, writes and keeps articles: the one place that decides."""

from typing import TYPE_CHECKING

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article, LinkCheck

KEEPERS = (Role.HEAD, Role.LEAD, Role.ADMIN)


def may_read(user: User) -> bool:
    """Everybody who works here; drafts too, so that nobody writes the same twice."""
    return user.is_active


def may_write(user: User) -> bool:
    """Begin an article: everybody who answers clients."""
    return user.is_active and user.answers


def may_change(user: User, article: "Article") -> bool:
    """Its owner, and leads: whoever answers for a text lets it out."""
    return may_write(user) and (user.pk == article.owner_id or user.leads)


def may_keep(user: User) -> bool:
    """Keep the whole base in order: sections, and what people searched for in vain."""
    return user.is_active and user.leads


def may_judge(user: User, check: "LinkCheck") -> bool:
    """Say whether a link was the right one: who was given it, then who looked; never who put it in."""
    return may_keep(user) and user.pk == (check.looked_by_id or check.holder_id) and user.pk != check.linked_by_id


def keepers() -> list[User]:
    """Everybody who keeps the base in order; administrators where nobody else does."""
    found = list(User.objects.filter(is_active=True, role__in=KEEPERS).order_by("pk"))
    return [one for one in found if one.role != Role.ADMIN] or found


def can_own(user: User) -> bool:
    return may_write(user)


def must_own(user: User) -> None:
    """Raises Invalid for who cannot."""
    if not can_own(user):
        told = {"name": user}
        raise Invalid(_("%(name)s cannot own an article: choose somebody who answers clients.") % told, "owner")


def keeper(other_than: User | None = None) -> User | None:
    """Who takes over what somebody leaves behind: a head, else a lead, else an administrator; None without any."""
    order = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(KEEPERS)))
    found = User.objects.filter(is_active=True, role__in=KEEPERS).order_by(order, "pk")
    return found.exclude(pk=other_than.pk).first() if other_than else found.first()
