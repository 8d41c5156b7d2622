"""Rules: what they are made of, made, switched, tried, and what they did."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.desk.automation import facts, making, words
from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.models import Firing, Rule, Trigger
from otklik.desk.automation.moments import DUES, EVENTS, STATES
from otklik.desk.automation.preview import dry_run, preview
from otklik.front.api.auth import automating, person
from otklik.front.api.doors import answers, visible
from otklik.front.api.keeping import administrator, found, named, told
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import automation as shapes

router = Router(tags=["rules"])


@router.get("", auth=automating, response=answers(list[shapes.RuleOut]), operation_id="list_rules")
def list_rules(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """In the order in which they run."""
    administrator(request)
    shown, _next = page(request, Rule.objects.all(), ("position", "id"), cursor, limit)
    return [rule_row(rule) for rule in shown]


@router.get("/{int:pk}", auth=automating, response=answers(shapes.RuleOut), operation_id="read_rule")
def read_rule(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    administrator(request)
    return rule_row(found(Rule, pk))


@router.get("/words", auth=automating, response=answers(shapes.WordsOut), operation_id="list_words_of_rules")
def list_words(request: HttpRequest) -> Any:
    """Events, moments, states, facts with their values, acts with their inputs: what a rule can be made of."""
    administrator(request)
    tables: Mapping[str, Mapping[str, Any]] = {"events": EVENTS, "moments": DUES, "states": STATES}
    return {
        **{name: [word(key, one.label) for key, one in table.items()] for name, table in tables.items()},
        "facts": [
            {**word(fact.name, fact.label), "hows": list(fact.hows), "values": [word(*one) for one in fact.choices()]}
            for fact in facts.facts().values()
        ],
        "acts": [
            {
                **word(act.name, act.label),
                "in_macros": act.by_people,
                "inputs": [
                    {
                        **word(one.name, one.label),
                        "kind": one.kind,
                        "required": one.required,
                        "values": [word(*each) for each in one.choices()],
                    }
                    for one in act.inputs
                ],
            }
            for act in ACTS.values()
        ],
    }


@router.post("", auth=automating, response=answers(shapes.RuleOut, 201), operation_id="create_rule")
def create_rule(request: HttpRequest, body: shapes.RuleIn, key: Key = "") -> Any:
    """A rule in force from now on; it runs last."""
    administrator(request)
    return Status(201, once(request, key, body.dict(), lambda: rule_row(keep_rule(request, Rule(), body))))


@router.put("/{int:pk}", auth=automating, response=answers(shapes.RuleOut), operation_id="replace_rule")
def replace_rule(request: HttpRequest, pk: int, body: shapes.RuleIn) -> Any:
    """The whole rule anew, in its place."""
    administrator(request)
    return rule_row(keep_rule(request, found(Rule, pk), body))


@router.post("/{int:pk}/switch", auth=automating, response=answers(shapes.RuleOut), operation_id="switch_rule")
def switch_rule(request: HttpRequest, pk: int, body: shapes.SwitchIn) -> Any:
    """On or off; switching on ends a pause."""
    administrator(request)
    rule = found(Rule, pk)
    with transaction.atomic():
        rule.switch(body.on, by=person(request))
        told(request, "rule", rule.name)
    return rule_row(rule)


@router.get("/{int:pk}/log", auth=automating, response=answers(list[shapes.FiringOut]), operation_id="read_log_of_rule")
def read_log(
    request: HttpRequest, pk: int, before: int | None = Query(None, ge=1), cursor: Cursor = "", limit: Limit = 200
) -> Any:
    """When it ran, on what, why and what came of it; newest first."""
    administrator(request)
    rows = Firing.objects.filter(rule=found(Rule, pk))
    shown, _next = page(request, rows.filter(pk__lt=before) if before else rows, ("-id",), cursor, limit)
    names = ("at", "why", "facts", "done", "in_trouble")
    return [{**{name: getattr(one, name) for name in names}, "id": one.pk, "ticket": one.ticket_id} for one in shown]


@router.post("/{int:pk}/preview", auth=automating, response=answers(shapes.PreviewOut), operation_id="preview_rule")
def preview_rule(request: HttpRequest, pk: int) -> Any:
    """Of the last thousand tickets, how many fit its conditions."""
    administrator(request)
    shown = preview(found(Rule, pk))
    examples = [ticket.number for ticket in shown.examples]
    return {"looked_at": shown.looked_at, "matched": shown.matched, "examples": examples}


@router.post("/{int:pk}/try/{int:number}", auth=automating, response=answers(shapes.DryRunOut), operation_id="try_rule")
def try_rule(request: HttpRequest, pk: int, number: int) -> Any:
    """Would it run on this ticket; for every condition yes or no, and why.  Nothing is changed."""
    administrator(request)
    shown = dry_run(found(Rule, pk), visible(request, number))
    told_ = [{"said": one.said, "holds": one.holds, "told": one.told} for one in shown.answers]
    return {"fits": shown.fits, "answers": told_, "acts": shown.acts}


def keep_rule(request: HttpRequest, rule: Rule, body: shapes.RuleIn) -> Rule:
    rule.conditions = making.conditions([one.dict() for one in body.conditions])
    rule.acts = making.acts(body.acts)
    rule.name, rule.is_active, rule.trigger = named(body.name), body.on, Trigger(body.trigger)
    by_clock = rule.trigger == Trigger.SCHEDULE
    rule.what, rule.minutes = ("", 0) if by_clock else (body.what, body.minutes)
    rule.days, rule.at_time = (sorted(set(body.days)), body.at_time) if by_clock else ([], None)
    rule.matches_any, rule.stops, rule.hourly = body.matches == "any", body.stops, body.hourly
    making.check_moment(rule)
    try:
        with transaction.atomic():
            rule.begin(person(request))
            told(request, "rule", rule.name)
    except IntegrityError as error:
        raise HttpError(422, "name: another rule has it") from error
    return rule


def word(name: str, label: object) -> dict[str, str]:
    return {"name": name, "label": str(label)}


def rule_row(rule: Rule) -> dict[str, Any]:
    names = ("name", "state", "position", "trigger", "what", "minutes", "days", "stops", "hourly", "paused_why")
    return {
        **{name: getattr(rule, name) for name in names},
        "id": rule.pk,
        "at_time": rule.at_time,
        "matches": "any" if rule.matches_any else "all",
        "conditions": rule.conditions,
        "acts": rule.acts,
        "when": words.when_of(rule),
    }
