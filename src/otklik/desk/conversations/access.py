"""Who may use and change saved replies: the one place that decides."""

from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import SavedReply


def can_use(user: User, reply: SavedReply) -> bool:
    """One's own, one's line's, everybody's; those who see the whole department use every shared one."""
    if not user.is_active or not user.answers:
        return False
    if reply.owner_id:
        return reply.owner_id == user.pk
    return user.sees_everything or reply.team_id is None or reply.team_id in user.team_ids


def can_decide(user: User, reply: SavedReply) -> bool:
    """Whether a text that a colleague offers is shared: leads of the line, any lead where it is for everybody."""
    return SavedReply.objects.offered_to(user).filter(pk=reply.pk).exists()


def can_change(user: User, reply: SavedReply) -> bool:
    """Everybody their own; leads the shared ones that they may use."""
    return can_use(user, reply) and (reply.owner_id == user.pk or user.leads)


def lines_given_replies_by(user: User) -> list[Team]:
    """For whose people this person writes texts: leads for their lines, a head for every one; and for everybody."""
    if not (user.is_active and user.leads):
        return []
    lines = Team.objects.active()
    return list(lines if user.sees_everything else lines.filter(pk__in=user.team_ids))


def can_give_replies_to_all(user: User) -> bool:
    return user.is_active and user.leads
