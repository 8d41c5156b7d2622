"""What is wrong with a row of a file."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from otklik.desk.imports.models.import_ import Import


class Problem(models.Model):
    """One row that was not brought in, with all of its cells: nothing is lost.

    With `kept` the row was brought in and only this one of its cells was left out.
    """

    of: models.ForeignKey["Import"] = models.ForeignKey("imports.Import", models.CASCADE, related_name="problems")
    line = models.BigIntegerField(_("line of the file"))
    column = models.CharField(_("column"), max_length=300, blank=True)
    words = models.CharField(_("what is wrong"), max_length=500)
    cells = models.JSONField(_("the row"), default=dict)
    kept = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("problem of an import")
        verbose_name_plural = _("problems of an import")
        indexes = [models.Index(fields=["of", "line"], name="problem_by_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.words}"
