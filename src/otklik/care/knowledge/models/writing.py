"""An article is written, published, and set back to what it said before."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.knowledge.events import ArticlePublished
from otklik.care.knowledge.models.flag import Flag
from otklik.care.knowledge.models.use import ArticleUse
from otklik.care.knowledge.models.version import Version
from otklik.care.knowledge.states import Audience, How, State
from otklik.care.knowledge.terms import LONGEST_TEXT, LONGEST_TITLE
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Changed, Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article, Section


def no_section() -> Invalid:
    return Invalid(_("Choose a section first: readers look for it there."), "section")


class Writing:
    """Trait of the article."""

    state: str
    published_at: datetime | None

    @transaction.atomic
    def write(  # type: ignore[misc]
        self: "Article",
        *,
        title: str,
        text: str,
        by: User,
        seen: int,
        section: "Section | None" = None,
        audience: str = "",
        mends: Collection[int] = (),
    ) -> "Article":
        """It says this from now on; where it is published, its readers see it at once, as a new version.

        `seen` is the edition that the writer began from: what somebody changed meanwhile is never written over.
        `mends` are the open flags that the new words settle; whatever else is said to be wrong stays open.  Raises
        Changed for an older `seen`, Invalid for what is missing or too long.
        """
        self.lock()
        if seen != self.edition:
            raise Changed(_("Somebody has changed this article since you began. Their text stands beside yours."))
        said, kept = (self.title, self.text), (self.audience, self.section_id)
        self.say(title, text)
        self.audience = Audience(audience or self.audience)
        self.section = section
        if self.is_published and section is None:
            raise no_section()
        is_said_anew = said != (self.title, self.text)
        if mends and not is_said_anew:
            raise Invalid(_("Nothing in the words has changed: mend them, or answer why they are right."), "mends")
        if not is_said_anew and kept == (self.audience, self.section_id):
            return self
        self._changed()
        if self.is_published and is_said_anew:
            self.was_read_anew()
        if self.is_published and (is_said_anew or kept[0] != self.audience):
            self._let_out(by)
        self.save()
        self._mended(mends, by)
        return self

    @transaction.atomic
    def publish(self: "Article", *, by: User) -> None:  # type: ignore[misc]
        """Its audience reads it from now on.  Raises Conflict when it is read already, Invalid without a section."""
        self.lock()
        if self.is_published:
            raise Conflict(_("It is published already."))
        if self.section_id is None:
            raise no_section()
        is_first = self.published_at is None
        self.state, self.published_at = State.PUBLISHED, self.published_at or clock.now()
        self._changed()
        self.was_read_anew()  # whoever publishes has read it
        self._let_out(by)
        self.save()
        if is_first:
            for use in ArticleUse.objects.filter(article=self, how=How.MADE):
                use.tell(by)

    @transaction.atomic
    def restore(self: "Article", version: Version, *, by: User, seen: int) -> "Article":  # type: ignore[misc]
        """It says again what it said then: that is a new version, the ones between stay.

        What was for colleagues alone then is so again: setting back shows clients nothing new.  Raises what `write`
        does.
        """
        if version.article_id != self.pk:
            raise Invalid(_("This version is of another article."))
        inner = Audience.INTERNAL in (version.audience, self.audience)
        return self.write(
            title=version.title,
            text=version.text,
            by=by,
            seen=seen,
            section=self.section,
            audience=Audience.INTERNAL if inner else Audience.PUBLIC,
        )

    def say(self: "Article", title: str, text: str) -> None:  # type: ignore[misc]
        """Raises Invalid."""
        title, text = " ".join(title.replace("\0", "").split()), text.replace("\0", "").strip()
        if not title:
            raise Invalid(_("Write the title as a client would ask."), "title")
        if not text:
            raise Invalid(_("Write what helps."), "text")
        if len(title) > LONGEST_TITLE:
            raise Invalid(_("At most %(most)s characters.") % {"most": LONGEST_TITLE}, "title")
        if len(text) > LONGEST_TEXT:
            raise Invalid(_("At most %(most)s characters.") % {"most": LONGEST_TEXT}, "text")
        self.title, self.text = title, text

    def translate_of(self: "Article", original: "Article") -> None:  # type: ignore[misc]
        """Raises Invalid where there is one in this language already; two who translate at once come in turn."""
        first = original.original or original
        first.lock()
        taken = {first.language, *first.translations.values_list("language", flat=True)}
        if self.language in taken:
            raise Invalid(_("This article exists in that language already."), "language")
        self.original = first

    def _changed(self: "Article") -> None:  # type: ignore[misc]
        self.edition += 1
        self.changed_at = clock.now()

    def _let_out(self: "Article", by: User) -> None:  # type: ignore[misc]
        """A new version."""
        last = self.versions.order_by("-number").values_list("number", flat=True).first() or 0
        told = {"title": self.title, "text": self.text, "audience": self.audience}
        version = Version.objects.create(article=self, number=last + 1, by=by, **told)
        publish(ArticlePublished(article_id=self.pk, version=version.number, audience=self.audience), by=by)

    def _mended(self: "Article", mends: Collection[int], by: User) -> None:  # type: ignore[misc]
        """What was said to be wrong is right now; the requests in which it was noticed know it."""
        for flag in Flag.objects.open().filter(article=self, pk__in=mends).select_related("ticket").order_by("pk"):
            flag.close(by=by, answer="", mended=True)
            if flag.ticket:
                ArticleUse.objects.note(flag.ticket, self, How.MENDED, by=by)
