"""Who reads an article, how far it is, and how one was used in a request."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    INTERNAL = "internal", _("colleagues only")
    PUBLIC = "public", _("clients too")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("article", "draft")
    PUBLISHED = "published", pgettext_lazy("article", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("article", "withdrawn")


class Language(models.TextChoices):
    RU = "ru", _("Russian")
    EN = "en", _("English")


class How(models.TextChoices):
    """What an article did in a request; a client who writes from its page has read it before.

    What is chosen has done nothing yet: its words stand in a draft.
    """

    CHOSEN = "chosen", _("its text waits in a draft")
    LINKED = "linked", _("its link was put in")
    PASTED = "pasted", _("its text was used")
    LOOKED = "looked", _("a colleague read it")
    READ = "read", _("the client read it before writing")
    MADE = "made", _("it was made of the request")
    MENDED = "mended", _("it was mended because of the request")


class Why(models.TextChoices):
    """Why words are taken out of what an article said before."""

    PERSON = "person", _("data of a person")
    SECRET = "secret", _("a secret of ours or of a client")
    LAW = "law", _("a court or an authority demands it")


class Side(models.TextChoices):
    """Who searched."""

    CLIENTS = "clients", _("clients")
    DESK = "desk", _("colleagues")


class Fit(models.TextChoices):
    """What whoever looked at a link says of it; who cannot tell says nothing about the link."""

    RIGHT = "right", pgettext_lazy("link", "the right one")
    WRONG = "wrong", pgettext_lazy("link", "not the right one")
    UNSURE = "unsure", pgettext_lazy("link", "cannot tell")
