"""The work, divided."""

from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class TaskNews(TicketNews):
    """A task as it was at the moment; `until` is "" without a date."""

    task_id: int
    text: str
    executor_id: int | None
    until: str


@dataclass(frozen=True)
class TaskPlanned(TaskNews):
    pass


@dataclass(frozen=True)
class TaskReplanned(TaskNews):
    pass


@dataclass(frozen=True)
class TaskDone(TaskNews):
    pass


@dataclass(frozen=True)
class TaskReopened(TaskNews):
    pass


@dataclass(frozen=True)
class TaskDropped(TaskNews):
    pass
