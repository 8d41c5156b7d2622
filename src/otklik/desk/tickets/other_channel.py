"""Whether an answer sends the client to another channel instead of filing it for them (METRICS V17).

Known by words, within one sentence: somebody is told to call, write or go, and by which way.  What is offered for
later ("if it happens again, call us") sends nobody away, and neither does the way on which we are speaking.
"""

import re

from otklik.desk.channels.models.channel import VOICE

CALL = r"позвоните|перезвоните|звоните|наберите|позвонить|перезвонить|call|phone|ring"
GO = r"обратитесь|обращайтесь|обратиться|свяжитесь|связывайтесь|связаться|contact"
FILL = (
    r"оформите|оформляйте|оформить|заполните|заполнить|создайте|создать|оставьте|оставить|отправьте|отправляйте"
    r"|отправить|направьте|направить|fill in|fill out"
)
WRITE = rf"{FILL}|напишите|пишите|написать|пришлите|присылайте|прислать|продублируйте|write|send|e-?mail|text|message"
ALL = f"{GO}|{WRITE}"
ORDER = re.compile(
    r"\b(?:\w+(?:[иь]те|айте|яйте)(?:сь)?\b|(?:нужно|надо|необходимо|следует|стоит|придется|прошу|просим)\b"
    r"|please\b|you (?:need|have|will need) to\b)"
)
"""The client is told to do something."""
LATER = re.compile(r"\b(?:если|когда|в случае|при (?:любых|появлении|возникновении)|in case|if|whenever|when)\b")
LINK = r"https?://|\bwww\.|по ссылке|\blink\b"
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    VOICE: (
        (
            f"{CALL}|{GO}",
            r"по телефон\w*|(?:на|по) (?:[\w-]{1,30} )?номеру?\b(?! \*)|горяч\w+ лини\w+|колл-?центр\w*"
            r"|\+?\d[\d ()-]{8,20}|by phone|on the phone|hotline",
        ),
        # Who closes with "turn to us at any time" offers what they offer now: only a call to us is another way.
        (
            CALL,
            r"звон(?:ите|ить)(?:,? [\w-]{1,30},?){0,2} нам\b|\bнам (?:[\w-]{1,30} )?(?:по|пере)?звоните"
            r"|звон\w+ в поддержку|\b(?:call|phone|ring) (?:us|our (?:line|number|support))\b",
        ),
    ),
    "email": (
        (
            ALL,
            r"\bна (?:[\w-]{1,30} )?(?:почту|e-?mail|имейл)\b|\bпо (?:электронной )?почте"
            r"|\b(?:by|to our|at our) e-?mail|[\w.+-]{1,60}@[\w-]{1,60}\.\w+",
        ),
    ),
    "telegram": ((ALL, r"телеграм\w*|\btelegram\b|\bt\.me/"),),
    "chat": ((ALL, r"\bв (?:(?!эт)[\w-]{1,30} )?чат\w*|\b(?:the|our|online) chat\b"),),
    "form": (
        (ALL, r"\bчерез (?:[\w-]{1,30} )?(?:форму|сайт|личн\w+ кабинет)"),
        (
            f"{FILL}|{GO}",
            r"\bна (?:[\w-]{1,30} )?сайте\b|\bв (?:[\w-]{1,30} )?личн\w+ кабинет\w*|\bon (?:the|our) (?:web)?site\b",
        ),
        (FILL, rf"(?:\bформу\b|\bform\b).*(?:{LINK})|(?:{LINK}).*(?:\bформу\b|\bform\b)"),
    ),
    "messenger": ((ALL, r"мессенджер\w*|вайбер\w*|ватсап\w*|вотсап\w*|\bviber\b|\bwhatsapp\b|\bв сообществ\w+"),),
    "people": (
        (
            f"{CALL}|{GO}",
            r"\bв (?:[\w-]{1,30} )?(?:офис|отдел|бухгалтери|отделени|департамент|служб|техподдержк)\w*"
            r"|\b(?:the|our|another) (?:[\w-]{1,30} )?(?:office|department|desk|team)\b",
        ),
    ),
}
"""With which verbs and how a way is spoken of; the first five are kinds of channels, the last are others of ours."""
SAME = {"form": ("form", "email"), "telegram": ("telegram", "chat")}
"""Whoever came by a form is answered by letter; who writes in a messenger is in a chat."""
KNOWN = {
    way: [(re.compile(rf"\b(?:{verbs})\b"), re.compile(words)) for verbs, words in pairs] for way, pairs in WAYS.items()
}
ATTACHED = re.compile(r"\bво? вложен|\b(?:при|в)ложенн|\battach|\benclosed")
"""Such a form goes along with the letter."""
FROM = re.compile(
    r"\b(?:со? (?:(?!на\b)\w{1,30} ){0,3}(?:адрес|почт|ящик|e-?mail)\w*(?: (?!на\b)\w{1,30}){0,2}"
    r"|from(?: (?!to\b)\w{1,30}){0,4}):? [\w.+-]{1,60}@[\w.-]{1,60}"
)
"""An address of the client, to write from: no place to go."""
LONGEST = 400
"""What is longer is no sentence of a letter: its beginning is read."""
SENTENCE = re.compile(r"(?:[^.!?\n]|[.](?=\w))+")
"""A point within an address ends nothing."""


def sends_away(text: str, channel: str) -> str:
    """The sentence that tells somebody who speaks on such a `channel` to use another one; "" where none does."""
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    for found in SENTENCE.finditer(own):
        sentence = found[0].strip()
        plain = sentence[:LONGEST].lower().replace("ё", "е")
        if ORDER.search(plain) and not LATER.search(plain) and _names_another(plain, channel):
            return sentence
    return ""


def _names_another(sentence: str, channel: str) -> bool:
    same = SAME.get(channel, (channel,))
    if ATTACHED.search(sentence):
        same = (*same, "form")
    told = FROM.sub(" ", sentence)
    pairs = [pair for way, some in KNOWN.items() if way not in same for pair in some]
    return any(verbs.search(told) and words.search(told) for verbs, words in pairs)
