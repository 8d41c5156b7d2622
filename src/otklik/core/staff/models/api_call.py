"""What programs did with their tokens."""

from datetime import datetime
from typing import Any

from django.db import models

from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.core.staff.models.token import ApiToken


class ApiCallManager(models.Manager["ApiCall"]):
    def note(self, token: ApiToken, operation: str, status: int, address: str) -> None:
        text = operation.replace("\x00", " ")[:OPERATION]
        insert(ApiCall(token=token, operation=text, status=status, address=address[:ADDRESS]))

    def newest_of(self, user_id: int, most: int) -> "models.QuerySet[ApiCall]":
        """What programs did in the name of a person."""
        return self.filter(token__user=user_id).select_related("token").order_by("-id")[:most]

    def sweep(self, before: datetime) -> int:
        return self.filter(at__lt=before).delete()[0]


OPERATION, ADDRESS = 200, 45


class ApiCall(models.Model):
    """A call that was to change something, or was refused to the token: which one, from where, what, and the status.

    Never the secret and never what was written.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="calls", db_index=False)
    at = models.DateTimeField(default=clock.now)
    address = models.CharField(max_length=ADDRESS, blank=True)
    operation = models.CharField(max_length=OPERATION)
    status = models.PositiveSmallIntegerField()

    objects: ApiCallManager = ApiCallManager()

    class Meta:
        indexes = [
            models.Index(fields=["token", "-id"], name="api_call_of_token"),
            models.Index(fields=["at"], name="api_call_at"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.status}"

    @property
    def went_well(self) -> bool:
        return self.status < 400

    def described(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("at", "address", "operation", "status")}
