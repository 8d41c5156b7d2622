"""Russian and English texts with a long tail of words, the same for the same seed."""

import bisect
import itertools
import random

FUNCTION = {
    "ru": "и в не на я что с по это как к из у за от так для вы мы но уже или если то бы же только когда после без",
    "en": "the and to of a in is it you that for on with as this not be are was but from have at by we can",
}
DOMAIN = {
    "ru": """заказ доставка возврат оплата счёт договор товар курьер склад клиент оператор звонок письмо
поддержка ошибка приложение пароль вход кабинет подписка тариф деньги карта банк чек гарантия ремонт замена
сервис магазин скидка бонус акция купон адрес город номер телефон срок день неделя месяц время ответ вопрос
проблема жалоба претензия обещание инженер менеджер руководитель отдел качество интернет сайт сервер сеть
принтер ноутбук экран батарея зарядка модель серия документ файл отчёт настройка обновление версия система
уведомление сообщение чат бот канал запись архив лицензия модуль интеграция ключ доступ роль права аккаунт""",
    "en": """order delivery refund payment invoice contract product courier warehouse customer operator call
letter support error application password login account subscription plan money card bank receipt warranty repair
replacement service shop discount bonus coupon address city number phone deadline day week month time answer
question problem complaint claim promise engineer manager supervisor department quality internet site server
network printer laptop screen battery charger model series document file report setting update version system
notification message chat bot channel record archive license module integration key access role rights""",
}
SYLLABLES = {
    "ru": "ба ве ги до жу за ки ло му не по ра си ту фе хо ца чи шо щу эра юла яро стан град пре про кон тра мен ость",
    "en": "ba ve gi do zu ka lo mi ne po ra si tu fe ho ca chi sho tion pre pro con tra men er ing ness ment al",
}
MEDIUM = {
    "ru": "кофемашина роутер термостат домофон эквайринг",
    "en": "espresso router thermostat intercom acquiring",
}
RARE = {"ru": "гиперболоид арифмометр сейсмограф", "en": "hyperboloid arithmometer seismograph"}
FIRST = {
    "ru": "Анна Иван Мария Пётр Ольга Сергей Елена Дмитрий Наталья Алексей Татьяна Андрей Ирина Михаил Юлия Николай",
    "en": "Alice Bob Carol David Emma Frank Grace Henry Irene Jack Kate Liam Nora Oscar Paula Quinn",
}
LAST = {
    "ru": "Иваненко Петренко Сидоренко Кузьменко Смирных Поповских Волкович Морозко Лебедько Новак Козлович Орлик",
    "en": "Smith Brown Taylor Wilson Evans Thomas Walker Wright Hughes Green Hall Wood Clarke Turner Cooper",
}

QUERIES = {
    "common": ["доставка", "возврат", "delivery", "refund"],
    "medium": ["кофемашина", "термостат", "thermostat", "intercom"],
    "rare": ["гиперболоид", "сейсмограф", "hyperboloid", "seismograph"],
    "inflected": ["кофемашины", "термостатом", "роутеров", "routers"],
    "two words": ["роутер гарантия", "домофон ремонт", "router warranty", "espresso repair"],
}
"""Words to search for, by how often they occur; inflected forms must find the base form."""

TAIL, POOL = 30_000, 40_000


class Zipf:
    """Draws with a probability of 1 / (rank + k)."""

    def __init__(self, words: list[str], rnd: random.Random, k: int) -> None:
        self.words, self.rnd = words, rnd
        self.weights = list(itertools.accumulate(1.0 / (rank + k) for rank in range(len(words))))

    def one(self) -> str:
        return self.words[bisect.bisect(self.weights, self.rnd.random() * self.weights[-1])]


def sentences(lang: str, rnd: random.Random) -> list[str]:
    """A pool of sentences: function words, words of the trade, and a tail of made-up ones."""
    function, domain, tail = FUNCTION[lang].split(), DOMAIN[lang].split(), _tail(lang, rnd)
    trade, rest = Zipf(domain, rnd, 12), Zipf(tail, rnd, 60)
    pool = []
    for _ in range(POOL):
        words = []
        for _ in range(rnd.randint(5, 16)):
            chance = rnd.random()
            words.append(rnd.choice(function) if chance < 0.38 else trade.one() if chance < 0.66 else rest.one())
        pool.append(" ".join(words).capitalize() + rnd.choice("...?!"))
    for word in MEDIUM[lang].split():
        for place in rnd.sample(range(POOL), POOL // 1500):
            pool[place] = f"{pool[place][:-1]} {word}."
    return pool


def _tail(lang: str, rnd: random.Random) -> list[str]:
    syllables, found = SYLLABLES[lang].split(), dict[str, None]()
    while len(found) < TAIL:
        found["".join(rnd.choice(syllables) for _ in range(rnd.randint(2, 4)))] = None
    return list(found)


class Author:
    """Writes subjects and bodies: log-normal length, every fourth with an order number, one in 5,000 a rare word."""

    def __init__(self, seed: str) -> None:
        self.rnd = random.Random(seed)
        self.pool = {lang: sentences(lang, random.Random(f"{seed}-{lang}")) for lang in ("ru", "en")}
        self.rare = {lang: RARE[lang].split() for lang in RARE}

    def subject(self, lang: str) -> str:
        pool = self.pool[lang]
        return pool[int(self.rnd.random() * len(pool))][:-1][:90]

    def body(self, lang: str) -> str:
        rnd, pool = self.rnd, self.pool[lang]
        wanted = min(6000, max(40, int(rnd.lognormvariate(5.8, 0.8))))
        parts, size = list[str](), 0
        while size < wanted:
            parts.append(pool[int(rnd.random() * len(pool))])
            size += len(parts[-1]) + 1
        if rnd.random() < 0.25:
            parts.append(f"{'Номер заказа' if lang == 'ru' else 'Order number'} ZK-{rnd.randrange(10**8):08d}.")
        if rnd.random() < 0.0002:
            parts.append(f"{rnd.choice(self.rare[lang]).capitalize()}.")
        return "\n\n".join(" ".join(parts[start : start + 4]) for start in range(0, len(parts), 4))
