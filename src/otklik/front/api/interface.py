"""The interface under /api/v1/, its schema at /api/v1/openapi.json."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from otklik import __version__
from otklik.front.api import (
    alerts,
    answering,
    answers_to_many,
    appealing,
    articles,
    articles_said,
    beginnings,
    boards,
    calls,
    cards,
    changes,
    classifying,
    clients,
    complaining,
    complaints,
    contact_keys,
    data_panels,
    drafts,
    exports,
    guarding,
    hanging,
    heard,
    imports,
    knowing,
    layouts,
    leading,
    leading_beside,
    leading_updates,
    leaving,
    letters,
    lists,
    macros,
    many,
    merging,
    metrics,
    notes,
    notices,
    owned,
    owning,
    panels_shown,
    partnering,
    payments,
    people,
    planning,
    privacy,
    quarantine,
    reachable,
    refusing,
    releasing,
    relocating,
    reports,
    roster,
    rules,
    saved,
    saved_offers,
    sections,
    shift_templates,
    standing,
    survey_results,
    surveys,
    swapping,
    tasks,
    tickets,
    topics,
    trail,
    visits,
    watching,
    webhooks,
)
from otklik.front.api.frame import Frame
from otklik.front.api.problems import problem

api = Frame(
    title="Otklik",
    version=__version__,
    description="The desk for programs (docs/api.md). Authorization: Bearer, a token from `otklik token create`. An "
    "object that is read has an `ETag`: `If-None-Match` spares its bytes, `If-Match` changes only what you have read.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("/tickets/many", many.router)
api.add_router("/tickets/many/answers", answers_to_many.router)
for part in (
    tickets.router,
    answering.router,
    owning.router,
    classifying.router,
    partnering.router,
    watching.router,
    standing.router,
    tasks.of_ticket,
    visits.of_ticket,
    changes.of_ticket,
    macros.of_ticket,
    relocating.router,
    refusing.of_ticket,
    appealing.of_ticket,
    releasing.of_ticket,
    guarding.of_ticket,
    drafts.of_ticket,
    letters.of_ticket,
    leaving.of_ticket,
    heard.of_ticket,
    panels_shown.of_ticket,
    complaints.of_ticket,
):
    api.add_router("/tickets", part)
api.add_router("/quarantine", quarantine.router)
api.add_router("/refusals", refusing.router)
api.add_router("/appeals", appealing.router)
api.add_router("/releases", releasing.router)
api.add_router("/abuse", guarding.router)
api.add_router("/people", people.router)
api.add_router("/contacts", clients.contacts)
api.add_router("/contacts", cards.of_contacts)
api.add_router("/contacts", notes.of_contacts)
api.add_router("/contacts", reachable.of_contacts)
api.add_router("/contacts", owned.of_contacts)
api.add_router("/contacts", merging.of_contacts)
api.add_router("/contacts", privacy.of_contacts)
api.add_router("/contacts", contact_keys.of_contacts)
api.add_router("/contacts", beginnings.of_contacts)
api.add_router("/contacts", panels_shown.of_contacts)
api.add_router("/data-requests", privacy.router)
api.add_router("/organisations", clients.organisations)
api.add_router("/organisations", cards.of_organisations)
api.add_router("/organisations", notes.of_organisations)
api.add_router("/organisations", reachable.of_organisations)
api.add_router("/organisations", owned.of_organisations)
api.add_router("/organisations", panels_shown.of_organisations)
api.add_router("/subscriptions", owned.router)
api.add_router("/mergings", merging.of_mergings)
api.add_router("/organisations/mergings", merging.of_organisation_mergings)
api.add_router("/organisations", merging.of_organisations)
api.add_router("/payments", payments.router)
api.add_router("/tasks", tasks.router)
api.add_router("/visits", visits.router)
api.add_router("/changes", changes.router)
api.add_router("/topics", topics.router)
api.add_router("/hanging", hanging.router)
api.add_router("/lists", lists.router)
api.add_router("/metrics", metrics.router)
api.add_router("/layouts", layouts.router)
api.add_router("/rules", rules.router)
api.add_router("/macros", macros.router)
api.add_router("/webhooks", webhooks.router)
api.add_router("/panels", data_panels.router)
api.add_router("/imports", imports.router)
api.add_router("/exports", exports.router)
api.add_router("/notices", notices.router)
api.add_router("/saved-replies", saved.router)
api.add_router("/saved-replies", saved_offers.router)
api.add_router("/surveys", surveys.router)
api.add_router("/roster", roster.router)
api.add_router("/roster", planning.router)
api.add_router("/roster", shift_templates.router)
api.add_router("/roster", swapping.router)
api.add_router("/articles", sections.router)
api.add_router("/articles", articles.router)
api.add_router("/articles", articles_said.router)
api.add_router("/problems", knowing.router)
api.add_router("/incidents", leading.router)
api.add_router("/incidents", leading_updates.router)
api.add_router("/incidents", leading_beside.router)
api.add_router("/calls", calls.router)
api.add_router("/complaints", complaints.router)
api.add_router("/complaints", complaining.router)
api.add_router("/surveys", survey_results.router)
api.add_router("/reviews", survey_results.reviews)
api.add_router("/boards", boards.router)
api.add_router("/alerts", alerts.router)
api.add_router("/reports", reports.router)
api.add_router("/chart-notes", reports.notes)
api.add_router("/audit", trail.router)


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Every address below that no operation has."""
    return problem(request, 404, "not found")
