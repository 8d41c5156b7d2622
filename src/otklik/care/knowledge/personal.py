"""Articles are words of the desk; what colleagues say of one in a request may be about its client."""

from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.models import Article, Flag, FormVisit, Opinion, Section, Sought, Version
from otklik.core.datamap import Fate, Place, are_codes, declare, free

FLAGS = Place(
    Flag, {"ticket": "ticket"}, words=("text", "answer"), why=_("that an article was said to be wrong, without words")
)
declare(FLAGS)
declare(Place(FormVisit, {"contact": "contact"}, fate=Fate.REMOVED, secret=("digest",)))
OURS = "words of the desk for all readers; an article of a request begins without names, addresses and numbers"
free(Section, "name", "name_en", because="names of shelves")
free(Article, "title", "text", "search", because=OURS)
free(Version, "title", "text", because=OURS)
free(Opinion, "missing", because="nobody is asked who they are; addresses and numbers go, and all words after 180 days")
free(Sought, "words", because="counts by day, without addresses and numbers, for 90 days; shown from three searches on")
free(FormVisit, "digest", "offered", "opened", because="a digest of a key, and numbers of articles, for a year")
are_codes(
    "knowledge.ArticlePublished.audience",
    "knowledge.ArticleUsed.how",
    "knowledge.LinkJudged.fit",
    "knowledge.WordsErased.why",
)
