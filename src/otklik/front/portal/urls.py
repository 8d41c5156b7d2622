"""Addresses that clients are sent."""

from django.urls import path, register_converter

from otklik.front.portal import (
    ask_page,
    knowledge_page,
    looks,
    mine,
    open_page,
    person_page,
    promise_page,
    request_page,
    status_mail,
    status_page,
    survey_page,
)

register_converter(looks.DigestConverter, "digest")
register_converter(looks.ColourConverter, "colour")

app_name = "portal"
urlpatterns = [
    path("request/<str:signed>/", request_page.show_request, name="request"),
    path("request/<str:signed>/answer/", request_page.answer, name="answer"),
    path("request/<str:signed>/not-solved/", request_page.not_solved, name="not_solved"),
    path("request/<str:signed>/appeal/", request_page.appeal, name="appeal"),
    path("request/<str:signed>/date/", request_page.date, name="date"),
    path("request/<str:signed>/visit/", request_page.visit_time, name="visit"),
    path("request/<str:signed>/score/", request_page.score, name="score"),
    path("request/<str:signed>/files/<uuid:key>/", request_page.file, name="file"),
    path("request/<str:signed>/write/", ask_page.write_again, name="write_again"),
    path("write/", ask_page.write, name="write"),
    path("write/offered/", ask_page.offered, name="write_offered"),
    path("write/offered/<int:pk>/", ask_page.open_offered, name="write_open"),
    path("write/helped/", ask_page.helped, name="write_helped"),
    path("survey/<str:secret>/", survey_page.survey, name="survey"),
    path("survey/<str:secret>/stop/", survey_page.stop, name="survey_stop"),
    path("ask/<str:token>/", open_page.open_survey, name="open_survey"),
    path("ask/<str:token>/frame/", open_page.framed, name="framed_survey"),
    path("ask/<str:token>/embed.js", open_page.embed, name="survey_script"),
    path("people/<slug:slug>/", person_page.person, name="person"),
    path("sla/", promise_page.index, name="promises"),
    path("sla/<int:pk>/", promise_page.one, name="promise"),
    path("status/", status_page.index, name="status"),
    path("status/history/", status_page.history, name="status_history"),
    path("status/status.json", status_page.as_json, name="status_json"),
    path("status/feed.<slug:kind>", status_page.feed, name="status_feed"),
    path("status/subscribe/", status_mail.subscribe, name="status_subscribe"),
    path("status/subscription/<str:key>/", status_mail.subscription, name="status_subscription"),
    path("status/subscription/<str:key>/leave/", status_mail.leave, name="status_leave"),
    path("kb/", knowledge_page.index, name="kb"),
    path("kb/<int:pk>/", knowledge_page.article, name="kb_article"),
    path("kb/<int:pk>/view/", knowledge_page.view, name="kb_view"),
    path("kb/<int:pk>/opinion/", knowledge_page.opinion, name="kb_opinion"),
    path("my-page/", mine.page, name="my_page"),
    path("my-page/reviews/", mine.reviews, name="reviews"),
    path("my-page/reviews/<int:pk>/answer/", mine.answer, name="answer_review"),
    path("my-page/reviews/<int:pk>/decide/", mine.decide, name="decide_review"),
    path("my-page/people/<int:pk>/block/", mine.block, name="block_page"),
    path("my-page/switch/", mine.switch, name="switch_pages"),
    path("logo/<digest:digest>.png", looks.logo, name="logo"),
    path("colours/<colour:colour>.css", looks.colours, name="colours"),
]
