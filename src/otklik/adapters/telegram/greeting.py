"""What the bot says to somebody who opens a chat with it."""

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.adapters.telegram.models import Bot
from otklik.desk.channels.port import Letter


def greeting(bot: Bot, sender: str, language: str) -> Letter:
    """In their language: the bot's own words or the usual ones, and what happens to what they write."""
    brand = bot.channel.shown_as
    language = language or brand.shown_language
    with translation.override(language):
        company = brand.shown_name
        own = bot.greeting_ru if language == "ru" else bot.greeting_en
        usual = _("Hello! This is %(company)s. Write your question here in one message: a person will answer you.")
        kept = _("By writing here you agree that %(company)s keeps what you write in order to answer you.")
        words = f"{own.strip() or usual % {'company': company}}\n\n{kept % {'company': company}}"
    return Letter(to=[sender], subject="", text=words, automatic=True, language=language)
