"""Rules that an event may concern, in their order."""

from otklik.core.journal.news import News
from otklik.desk.automation.chain import chain_of
from otklik.desk.automation.house import own_language
from otklik.desk.automation.models import Firing, Rule, Trigger
from otklik.desk.automation.moments import events_of
from otklik.desk.automation.running import Cause, fitting, run
from otklik.desk.tickets.events import TicketNews


@own_language()
def hear(news: News, entry_id: int) -> int:
    """Run those that listen for it; returns how many ran.  One that stops the others is the last.

    May be repeated: what ran for this beginning does not run again.
    """
    names = {event.name: event for event in events_of(news)}
    ticket_id = getattr(news, TicketNews.key)
    rules = list(Rule.objects.in_force().filter(trigger=Trigger.EVENT, what__in=names))
    if not rules:
        return 0
    chain, count = chain_of(entry_id), 0
    for rule in rules:
        cause = Cause(f"entry:{chain.beginning}", str(names[rule.what].label))
        if chain.may_go_on(rule.pk) and fitting(rule, [ticket_id]) and run(rule, ticket_id, cause):
            count += 1
        if rule.stops and Firing.objects.filter(rule=rule, ticket=ticket_id, cause=cause.name).exists():
            break
    return count
