"""One thing of a version: a question, a criterion; in its place among the others, changed in a draft alone."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models, transaction


class Frozen(Exception):
    """Somebody is asked or judged by this version: another one has to be written."""


class Part(models.Model):
    """`version` is the heir's foreign key to a model with `frozen_at`; null there is a draft.

    Heirs are ordered by `position`, then `id`.
    """

    version: Any
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **details: Any) -> None:
        """A new one comes last.  Raises Frozen."""
        self._must_be_draft()
        if self.pk is None and not self.position:
            last = self._all().aggregate(last=models.Max("position"))["last"]
            self.position = (last or 0) + 1
        super().save(*arguments, **details)

    def delete(self, *arguments: Any, **details: Any) -> tuple[int, dict[str, int]]:
        """Raises Frozen."""
        self._must_be_draft()
        return super().delete(*arguments, **details)

    @transaction.atomic
    def step(self, by: int) -> bool:
        """One place up (-1) or down (1); False where the others cannot stand in that order.  Raises Frozen."""
        self._must_be_draft()
        order = list(self._all())
        here = next(place for place, one in enumerate(order) if one.pk == self.pk)
        order.insert(min(max(here + by, 0), len(order) - 1), order.pop(here))
        if not self.may_stand(order):
            return False
        for place, one in enumerate(order, 1):
            one.position = place
        type(self)._default_manager.bulk_update(order, ["position"])
        return True

    def told(self) -> dict[str, Any]:
        """What its copy in another version says as well: everything but its relations."""
        columns = (one for one in self._meta.concrete_fields if not (one.primary_key or one.is_relation))
        return {one.name: getattr(self, one.name) for one in columns}

    @classmethod
    def may_stand(cls, order: Sequence[Self]) -> bool:
        """Whether the parts of a version may come in this order."""
        return True

    def _all(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(version=self.version)

    def _must_be_draft(self) -> None:
        if self.version.frozen_at:
            raise Frozen(str(self.version))
