"""A text that was read: it is kept for ever, but for words that nobody may keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.states import Audience
from otklik.care.knowledge.terms import LONGEST_TITLE
from otklik.core.journal import clock
from otklik.core.staff.models import User


class Version(models.Model):
    """What readers of an article saw from `at` on, until the next one; nobody changes or deletes it.

    Only `Article.erase` takes words out, and that is told.
    """

    article = models.ForeignKey("knowledge.Article", models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField()
    audience = models.CharField(max_length=8, choices=Audience)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"), db_index=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="version_of_article_once")]

    def __str__(self) -> str:
        return f"№ {self.article_id}, {self.number}"
