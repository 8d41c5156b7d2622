"""A program of others that we call, be it to tell it our news or to ask what it knows."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.recent import Recent
from otklik.core.staff.models import User
from otklik.core.staff.models.renewed import Renewed


class Called(Renewed):
    """Where it is, with what secret, and who set it so; `failing_since` is the first failure after the last success.

    An heir has a name, and keeps in `in_use` for some seconds what every act and every page asks of all of them.
    """

    in_use: ClassVar[Recent[Any]]
    name: Any

    url = models.CharField(_("address"), max_length=1000)
    is_active = models.BooleanField(_("on"), default=True)
    failing_since = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False, db_index=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **named: Any) -> None:
        super().save(*args, **named)
        self.in_use.changed()

    def delete(self, *args: Any, **named: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **named)
        self.in_use.changed()
        return deleted

    @property
    def place(self) -> str:
        """The address without its path, in which many programs hide a key."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}/"
