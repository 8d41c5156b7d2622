"""Addresses of the knowledge base."""

from django.urls import path

from otklik.front.workspace.door import staff
from otklik.front.workspace.knowledge import editing, history, links, listing, page, picking, sections

of_ticket = [
    path("articles/", picking.choose, name="articles"),
    path("articles/<int:pk>/", picking.look, name="article_look"),
    path("articles/<int:pk>/insert/", picking.insert, name="article_insert"),
    path("articles/sought/", picking.sought, name="article_sought"),
]

urlpatterns = [
    path("knowledge/", staff(listing.page), name="knowledge"),
    path("knowledge/gaps/", staff(listing.gaps), name="knowledge_gaps"),
    path("knowledge/links/", staff(links.page), name="links"),
    path("knowledge/links/<int:pk>/", staff(links.judge), name="link_judge"),
    path("knowledge/sections/", staff(sections.sections), name="sections"),
    path("knowledge/sections/<int:pk>/", staff(sections.sections), name="section"),
    path("knowledge/sections/<int:pk>/remove/", staff(sections.remove), name="section_remove"),
    path("knowledge/new/", staff(editing.new), name="article_new"),
    path("knowledge/look/", staff(editing.look), name="article_preview"),
    path("knowledge/flags/<int:pk>/", staff(page.answer), name="flag_answer"),
    path("knowledge/<int:pk>/", staff(page.article), name="article"),
    path("knowledge/<int:pk>/change/", staff(editing.change), name="article_change"),
    path("knowledge/<int:pk>/history/", staff(history.history), name="article_history"),
    path("knowledge/<int:pk>/history/erase/", staff(history.erase), name="article_erase"),
    path("knowledge/<int:pk>/versions/<int:number>/restore/", staff(history.restore), name="article_restore"),
    path("knowledge/<int:pk>/<slug:name>/", staff(page.act), name="article_act"),
]
