"""Nouns of this room."""

from otklik.care.knowledge.models.article import Article as Article
from otklik.care.knowledge.models.check import LinkCheck as LinkCheck
from otklik.care.knowledge.models.check import LinkDraw as LinkDraw
from otklik.care.knowledge.models.flag import Flag as Flag
from otklik.care.knowledge.models.offering import FormVisit as FormVisit
from otklik.care.knowledge.models.reading import ArticleDay as ArticleDay
from otklik.care.knowledge.models.reading import Opinion as Opinion
from otklik.care.knowledge.models.section import Section as Section
from otklik.care.knowledge.models.sought import Sought as Sought
from otklik.care.knowledge.models.use import ArticleUse as ArticleUse
from otklik.care.knowledge.models.version import Version as Version
