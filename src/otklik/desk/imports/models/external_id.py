"""What another system calls something of ours."""

from collections.abc import Iterable

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

LONGEST = 200

KNOWN = (
    "SELECT external_id, object_id FROM imports_externalid WHERE source = %s AND kind = %s AND external_id = ANY(%s)"
)
KEEP = """
INSERT INTO imports_externalid (source, kind, external_id, object_id)
SELECT %s, %s, * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT (source, kind, external_id) DO UPDATE SET object_id = EXCLUDED.object_id
"""


class ExternalIdManager(models.Manager["ExternalId"]):
    def known(self, source: str, kind: str, given: Iterable[str]) -> dict[str, int]:
        """Numbers of ours by these identifiers; what is gone may be among them."""
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [source, kind, list(given)])
            return dict(cursor.fetchall())

    def of(self, kind: str, numbers: Iterable[int]) -> set[int]:
        """Those of our numbers that came from another system."""
        return set(self.filter(kind=kind, object_id__in=list(numbers)).values_list("object_id", flat=True))

    def keep(self, source: str, kind: str, numbers: dict[str, int]) -> None:
        if numbers:
            with connection.cursor() as cursor:
                cursor.execute(KEEP, [source, kind, list(numbers), list(numbers.values())])


class ExternalId(models.Model):
    """One identifier: of which system, of what, and our number for it.

    The second import of the same file finds by it what the first one made.
    """

    source = models.CharField(_("system"), max_length=40)
    kind = models.CharField(_("of what"), max_length=16)
    external_id = models.CharField(_("identifier there"), max_length=LONGEST)
    object_id = models.BigIntegerField(_("our number"))

    objects = ExternalIdManager()

    class Meta:
        verbose_name = _("identifier of another system")
        verbose_name_plural = _("identifiers of other systems")
        constraints = [models.UniqueConstraint(fields=["source", "kind", "external_id"], name="one_object_per_name")]
        indexes = [models.Index(fields=["kind", "object_id"], name="external_id_of")]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"
