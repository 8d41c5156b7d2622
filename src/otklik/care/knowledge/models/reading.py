"""What clients do with an article: how often it is read, and whether it helped.  Nobody is asked who they are."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.washing import washed
from otklik.core.journal import clock

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article

LONGEST = 1000
KEPT = timedelta(days=180)
"""How long the words of a reader are kept."""
ONE_MORE = """INSERT INTO knowledge_articleday (article_id, day, views) VALUES (%s, %s, 1)
ON CONFLICT (article_id, day) DO UPDATE SET views = knowledge_articleday.views + 1"""


class DayManager(models.Manager["ArticleDay"]):
    def viewed(self, article: "Article", on: date) -> None:
        """One statement, however many read at one moment."""
        with connection.cursor() as cursor:
            cursor.execute(ONE_MORE, [article.pk, on])


class ArticleDay(models.Model):
    """How often clients opened an article on one day; who they were is not kept."""

    article = models.ForeignKey("knowledge.Article", models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    objects: DayManager = DayManager()

    class Meta:
        verbose_name = _("day of an article")
        verbose_name_plural = _("days of articles")
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="article_day_once")]
        indexes = [models.Index(fields=["day"], name="article_day")]

    def __str__(self) -> str:
        return f"№ {self.article_id}, {self.day}: {self.views}"


class OpinionManager(models.Manager["Opinion"]):
    def give(self, article: "Article", helped: bool, missing: str = "") -> "Opinion":
        """What a reader says; addresses and numbers that they typed are not kept."""
        words = "" if helped else washed(missing.replace("\0", "").strip())[:LONGEST]
        return self.create(article=article, edition=article.edition, helped=helped, missing=words)

    def forget_words(self) -> int:
        """Old words go, since a reader may have named somebody in them; that it did not help stays."""
        return self.filter(helped=False, at__lte=clock.now() - KEPT).exclude(missing="").update(missing="")


class Opinion(models.Model):
    """Did it help?  `edition` is the text that was read, `missing` what the reader looked for in vain."""

    article = models.ForeignKey("knowledge.Article", models.CASCADE, related_name="opinions", db_index=False)
    edition = models.PositiveIntegerField()
    helped = models.BooleanField()
    missing = models.TextField(max_length=LONGEST, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects: OpinionManager = OpinionManager()

    class Meta:
        verbose_name = _("opinion of a reader")
        verbose_name_plural = _("opinions of readers")
        indexes = [
            models.Index(fields=["article", "-id"], name="opinion_of_article"),
            models.Index(fields=["at"], name="opinion_against", condition=models.Q(helped=False)),
        ]

    def __str__(self) -> str:
        return f"№ {self.article_id}: {'+' if self.helped else '-'}"
