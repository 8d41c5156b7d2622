"""What clients have of us: a small directory; a request is about one of them, and a class may be promised for it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock


class ProductQuerySet(models.QuerySet["Product"]):
    def offered(self, chosen: int | None = None) -> "ProductQuerySet":
        """Those in use, and the chosen one whatever became of it."""
        return self.filter(models.Q(is_active=True) | models.Q(pk=chosen or 0))

    def named(self, value: str) -> list[int]:
        """As a query writes it: a number, or the name in whatever case with its blanks as `_`."""
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0
        found = models.Q(pk=number) | models.Q(name__iexact=value) | models.Q(name__iexact=value.replace("_", " "))
        return sorted(self.filter(found).values_list("pk", flat=True))


class Product(models.Model):
    """One product or service; out of use it is offered no more and stands on the requests that have it."""

    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_product_of_a_name",
                violation_error_message=_("There is a product of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
