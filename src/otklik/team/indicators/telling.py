"""What the person and the approver are told; never an amount, since letters and screens of telephones show it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.journal.notice import NoticeKind
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.team.indicators.models.statement import Statement


def approved(statement: "Statement") -> None:
    _tell_person(statement, lambda: _("Your bonus statement is ready: read it, and say if you disagree"))


def answered(statement: "Statement") -> None:
    _tell_person(statement, lambda: _("Your dispute about the bonus is answered"))


def disputed(statement: "Statement") -> None:
    """Whoever approved it, and the approver of the scheme."""
    people = {one.pk: one for one in (statement.scheme.approver, statement.approved_by) if one}
    here = [one for one in people.values() if one.is_active and one.pk != statement.person_id]
    name = statement.person.name
    tell(
        here,
        lambda: _("%(name)s disagrees with the bonus statement") % {"name": name},
        kind=NoticeKind.PAY,
        about="bonus_dispute",
        about_id=statement.pk,
    )


def _tell_person(statement: "Statement", say: Callable[[], str]) -> None:
    tell([statement.person], say, kind=NoticeKind.PAY, about="bonus", about_id=statement.pk)
