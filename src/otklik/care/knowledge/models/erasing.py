"""Words that nobody may keep go from what an article said before; everything else of it stays."""

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from otklik.care.knowledge.events import WordsErased
from otklik.care.knowledge.states import Why
from otklik.care.knowledge.washing import GONE
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.knowledge.models import Article

FEWEST = 3


class Erasing:
    """Trait of the article."""

    @transaction.atomic
    def erase(self: "Article", words: str, *, why: str, by: User) -> int:  # type: ignore[misc]
        """From every version that has them, in capitals or small; returns how many had.

        It cannot be undone.  Raises Conflict while the article itself still says them, Invalid for fewer than FEWEST
        letters, words that no version has, and without one of the reasons.
        """
        words = " ".join(words.split())
        if len(words) < FEWEST:
            raise Invalid(_("Write out the words that are to go, at least three characters."), "words")
        if why not in Why.values:
            raise Invalid(_("Choose why they are to go."), "why")
        self.lock()
        gone = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
        if gone.search(self.title) or gone.search(self.text):
            raise Conflict(_("The article still says this: change it first, then what it said before."), "words")
        told = Q()
        for word in words.split():
            told &= Q(title__icontains=word) | Q(text__icontains=word)
        rows = [one for one in self.versions.filter(told) if gone.search(one.title) or gone.search(one.text)]
        if not rows:
            raise Invalid(_("No version has these words."), "words")
        for one in rows:
            one.title, one.text = gone.sub(GONE, one.title), gone.sub(GONE, one.text)
        self.versions.bulk_update(rows, ["title", "text"], batch_size=50)
        publish(WordsErased(article_id=self.pk, why=why, in_versions=len(rows)), by=by)
        return len(rows)
