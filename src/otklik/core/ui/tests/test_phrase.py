"""A phrase is English where it is printed and Russian where it is read."""

from django.utils import translation
from django.utils.translation import gettext_noop

from otklik.core.ui.phrase import Phrase, translated

LEAVES = gettext_noop("letters leave through %(server)s")


def test_a_phrase_is_english_until_it_is_translated() -> None:
    phrase = Phrase(LEAVES, server="mail.volga.test:25")
    with translation.override("ru"):
        assert (phrase, translated(phrase)) == (
            "letters leave through mail.volga.test:25",
            "письма уходят через mail.volga.test:25",
        )


def test_other_words_stay_as_they_are() -> None:
    assert translated("chmod 700 /srv") == "chmod 700 /srv" and translated(Phrase("100 %")) == "100 %"
