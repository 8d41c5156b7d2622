"""Articles of the demo company: what telephony clients ask, some for colleagues alone, one that is to be read anew."""

import random
from datetime import timedelta

from otklik.care.knowledge import sampling, shelf
from otklik.care.knowledge.access import keepers
from otklik.care.knowledge.models import (
    Article,
    ArticleDay,
    ArticleUse,
    Flag,
    FormVisit,
    Opinion,
    Section,
    Sought,
    Version,
)
from otklik.care.knowledge.sampling import midnight
from otklik.care.knowledge.states import Audience, Fit, How, Language, State
from otklik.care.knowledge.terms import EVERY, OF_DRAFT, today
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

SPAN = 60
"""Days of readers that the demo tells of."""
WEEKS = 5
"""Of which links were drawn."""


def load() -> None:
    dice, now = random.Random(14), clock.now()  # noqa: S311 - a demo, not a secret
    sections = {
        name: Section.objects.create(name=name, name_en=english, place=place) for name, english, place in shelf.SECTIONS
    }
    people = {user.login: user for user in User.objects.all()}
    made = {told.title: _article(told, sections, people) for told in shelf.ARTICLES}
    for told in shelf.ARTICLES:
        if told.original:
            Article.objects.filter(pk=made[told.title].pk).update(original=made[told.original])
    _uses(dice, list(made.values()))
    _looked_at(dice)
    _readers(dice, list(made.values()))
    _at_the_form(dice, list(made.values()))
    Sought.objects.bulk_create(
        Sought(day=today() - timedelta(days=back), side=side, words=words, times=times, empty=empty, opened=opened)
        for words, side, times, empty, opened, back in shelf.SOUGHT
    )
    wrong = made[shelf.WRONG]
    words = "Срок уже не восемь дней: оператор Т-2 отдаёт номера за четыре."
    raised = now - timedelta(hours=20)
    Flag.objects.create(article=wrong, text=words, by=people["darya"], at=raised, due_at=raised + timedelta(days=3))


def _article(told: shelf.Told, sections: dict[str, Section], people: dict[str, User]) -> Article:
    """As if each had been written on its day; the journal of that time is not told."""
    begun, on = clock.now() - timedelta(days=told.age), today() - timedelta(days=told.age)
    owner, state = people[told.owner], State.DRAFT if told.draft else State.PUBLISHED
    audience = Audience.PUBLIC if told.public else Audience.INTERNAL
    made = Article.objects.create(
        section=sections[told.section],
        audience=audience,
        state=state,
        language=Language.EN if told.original else Language.RU,
        title=told.title,
        text=told.text,
        owner=owner,
        begun_by=owner,
        changed_at=begun,
        published_at=None if told.draft else begun,
        reviewed_at=None if told.draft else begun,
        review_on=on + (OF_DRAFT if told.draft else EVERY),
    )
    if not told.draft:
        texts = [*([told.before] if told.before else []), told.text]
        Version.objects.bulk_create(
            Version(
                article=made,
                number=number,
                title=told.title,
                text=text,
                audience=audience,
                by=owner,
                at=begun - timedelta(days=40 * (len(texts) - number)),
            )
            for number, text in enumerate(texts, 1)
        )
    return made


def _uses(dice: random.Random, articles: list[Article]) -> None:
    """Answers of the last weeks, each with the article that fits its subject."""
    known = {one.title: one for one in articles if one.is_published}
    tickets = Ticket.objects.exclude(ended_at=None).select_related("owner").order_by("pk")
    rows = []
    for ticket in tickets[:300]:
        title = next((title for words, title in shelf.FITS if words in ticket.subject.lower()), "")
        if title not in known or dice.random() < 0.25 or ticket.ended_at is None:
            continue
        how = How.PASTED if not known[title].is_public or dice.random() < 0.3 else How.LINKED
        told = {"by": ticket.owner, "at": ticket.ended_at}
        rows.append(ArticleUse(ticket=ticket, article=known[title], how=how, **told))
    ArticleUse.objects.bulk_create(rows)


def _looked_at(dice: random.Random) -> None:
    """Links of five weeks were drawn; those of the last one still wait in part."""
    people, this_week = keepers(), today() - timedelta(days=today().weekday())
    for back in range(WEEKS, 0, -1):
        with clock.at(min(midnight(this_week - timedelta(days=7 * (back - 1))) + timedelta(hours=9), clock.now())):
            drawn = sampling.draw(this_week - timedelta(days=7 * back), people, seed=back)
        if back > 1:
            for check in drawn.checks.select_related("holder").order_by("pk"):
                with clock.at(check.due_at - timedelta(days=dice.randrange(1, 6))):
                    check.judge(dice.choices(list(Fit), weights=(17, 2, 1))[0], by=check.holder)


def _at_the_form(dice: random.Random, articles: list[Article]) -> None:
    """Eight weeks of people who began to write: a tenth found their answer there, as METRICS has it."""
    shown, visits = [one.pk for one in articles if one.is_public], []
    now = clock.now()
    for number in range(420):
        began = now - timedelta(days=2 + dice.randrange(SPAN - 2), minutes=dice.randrange(1440))
        offered = dice.sample(shown, min(len(shown), dice.choices((0, 1, 2, 3), weights=(2, 3, 3, 2))[0]))
        opened = offered[:1] if offered and dice.random() < 0.4 else []
        left = dice.random() < (0.45 if opened else 0.12)
        is_known = dice.random() < 0.4
        visits.append(
            FormVisit(
                digest=f"{number:064x}",
                is_known=is_known,
                began_at=began,
                heard_at=began + timedelta(minutes=dice.randrange(1, 15)),
                offered=offered,
                opened=opened,
                helped_at=began + timedelta(minutes=4) if opened and left and dice.random() < 0.6 else None,
                sent_at=None if left else began + timedelta(minutes=6),
                came_back=left and dice.random() < 0.15 if is_known else None,
                settled_at=began + timedelta(days=1, hours=1),
            )
        )
    FormVisit.objects.bulk_create(visits)


def _readers(dice: random.Random, articles: list[Article]) -> None:
    days, opinions, now = [], [], clock.now()
    for rank, one in enumerate(one for one in articles if one.is_public):
        seen = [round(dice.gauss(9 / (rank + 1), 2)) for _ in range(SPAN)]
        days += [_day(one, back, views) for back, views in enumerate(seen) if views > 0]
        words = iter(shelf.MISSED.get(one.title, ()))
        for _opinion in range(60 // (rank + 1)):
            helped = dice.random() < 0.7
            missing = "" if helped else next(words, "")
            at = now - timedelta(days=dice.randrange(SPAN), hours=dice.randrange(24))
            opinions.append(Opinion(article=one, edition=1, helped=helped, missing=missing, at=at))
    ArticleDay.objects.bulk_create(days)
    Opinion.objects.bulk_create(opinions)


def _day(article: Article, back: int, views: int) -> ArticleDay:
    return ArticleDay(article=article, day=today() - timedelta(days=back), views=views)
