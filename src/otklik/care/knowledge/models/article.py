"""An article: what it says, who reads it, who answers for it and by when it is read anew."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.access import must_own
from otklik.care.knowledge.events import ArticleBegun
from otklik.care.knowledge.models.erasing import Erasing
from otklik.care.knowledge.models.keeping import Keeping
from otklik.care.knowledge.models.section import Section
from otklik.care.knowledge.models.use import ArticleUse
from otklik.care.knowledge.models.writing import Writing
from otklik.care.knowledge.states import Audience, How, Language, State
from otklik.care.knowledge.terms import LONGEST_TEXT, LONGEST_TITLE, OF_DRAFT, today
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.recent import Recent
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

_for_clients: Recent[bool] = Recent(15.0)


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        return self.filter(state=State.PUBLISHED)

    def public(self) -> "ArticleQuerySet":
        """What clients read, and nothing else."""
        return self.published().filter(audience=Audience.PUBLIC)

    def living(self) -> "ArticleQuerySet":
        return self.exclude(state=State.WITHDRAWN)

    def briefly(self) -> "ArticleQuerySet":
        """For lists: without the text, and what it is found by."""
        return self.defer("text", "search")

    def of(self, user: User) -> "ArticleQuerySet":
        return self.filter(owner=user)

    def to_review(self, on: date | None = None) -> "ArticleQuerySet":
        """Those whose review date has come by that day, today unless told, without their text."""
        return self.living().briefly().filter(review_on__lte=on or today())


class ArticleManager(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    def are_there_for_clients(self) -> bool:
        """Whether clients have anything to read; asked by every page of theirs, so as of some seconds ago."""
        return bool(_for_clients.get(lambda: self.public().exists()))

    @transaction.atomic
    def begin(
        self,
        *,
        title: str,
        text: str,
        by: User,
        section: Section | None = None,
        audience: str = Audience.INTERNAL,
        language: str = Language.RU,
        owner: User | None = None,
        original: "Article | None" = None,
        ticket: Ticket | None = None,
    ) -> "Article":
        """A draft; from its first moment it has an owner and a review date.

        `original` is the article of which it is a translation, `ticket` the request of which it is made.  Raises
        Invalid, with the name of the field, for what is missing, too long or not possible.
        """
        whose = owner or by
        must_own(whose)
        made = self.model(
            section=section,
            audience=Audience(audience),
            language=Language(language),
            owner=whose,
            begun_by=by,
            review_on=today() + OF_DRAFT,
        )
        made.say(title, text)
        if original is not None:
            made.translate_of(original)
        made.save()
        publish(ArticleBegun(article_id=made.pk, owner_id=whose.pk), by=by)
        if ticket is not None:
            ArticleUse.objects.note(ticket, made, How.MADE, by=by)
        return made


class Article(Writing, Keeping, Erasing, models.Model):
    """Its number is that of the row, and its address: a link to it stays right for ever.

    `title` and `text` are what readers see once it is published; each text they saw is a `Version`.  `edition` grows by
    one with each change, so that nobody writes over what they have not seen.  `review_on` is the day by which its owner
    reads it anew, of a draft by which it is finished; no article is without it.  Translations share their `original`.
    """

    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="articles")
    audience = models.CharField(_("Who reads it"), max_length=8, choices=Audience, default=Audience.INTERNAL)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.DRAFT)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.RU)
    title = models.CharField(_("Title"), max_length=LONGEST_TITLE)
    text = models.TextField(_("Text"), max_length=LONGEST_TEXT)
    original = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="translations")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Owner"))
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    review_on = models.DateField(_("Review by"))
    reviewed_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True, editable=False)
    edition = models.PositiveIntegerField(default=1)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="otklik_ru")
        + SearchVector("text", weight="B", config="otklik_ru"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ArticleManager = ArticleManager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(fields=["original", "language"], name="one_translation_into_a_language"),
            models.CheckConstraint(
                condition=~models.Q(state=State.PUBLISHED) | models.Q(published_at__isnull=False),
                name="article_was_published_when",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="article_search"),
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="article_title_part"),
            models.Index(
                fields=["owner", "review_on"], name="article_review", condition=~models.Q(state=State.WITHDRAWN)
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} {self.title}".strip()

    @property
    def number(self) -> int:
        return self.pk

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Clients read it now."""
        return self.is_published and self.audience == Audience.PUBLIC

    @property
    def is_to_review(self) -> bool:
        return self.state != State.WITHDRAWN and self.review_on <= today()

    def others(self) -> "list[Article]":
        """The same in other languages, withdrawn ones as well."""
        first = self.original_id or self.pk
        same = models.Q(pk=first) | models.Q(original=first)
        rows = Article.objects.briefly().filter(same).exclude(pk=self.pk)
        return list(rows.order_by("language")[: len(Language)])

    def lock(self) -> None:
        """Hold the row until the transaction ends and read its present values."""
        self.refresh_from_db(from_queryset=Article.objects.select_for_update(no_key=True))
