"""What stands in numbered versions: one holds, at most one is being written."""

from typing import Any, cast

from django.db import models, transaction


class Versioned[Row: models.Model](models.Model):
    """`versions` are of the heir: with `number`, `frozen_at` (null of the one being written) and `copy_into`."""

    versions: Any

    class Meta:
        abstract = True

    def current(self) -> Row | None:
        """The version that holds now."""
        return cast("Row | None", self.versions.exclude(frozen_at=None).order_by("-number").first())

    def drafted(self) -> Row | None:
        """The version being written, if any is."""
        return cast("Row | None", self.versions.filter(frozen_at=None).first())

    @transaction.atomic
    def draft(self) -> Row:
        """The version being written; it begins as a copy of the one that holds, however many ask at once."""
        type(self)._default_manager.select_for_update().get(pk=self.pk)
        if found := self.drafted():
            return found
        was: Any = self.current()
        made = self.versions.create(number=was.number + 1 if was else 1)
        if was:
            was.copy_into(made)
        return cast("Row", made)
