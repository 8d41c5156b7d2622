"""Addresses that clients are sent."""

from django.urls import path, register_converter

from otklik.front.portal import looks, request_page, survey_page

register_converter(looks.DigestConverter, "digest")
register_converter(looks.ColourConverter, "colour")

app_name = "portal"
urlpatterns = [
    path("request/<str:signed>/", request_page.show_request, name="request"),
    path("request/<str:signed>/answer/", request_page.answer, name="answer"),
    path("request/<str:signed>/not-solved/", request_page.not_solved, name="not_solved"),
    path("request/<str:signed>/date/", request_page.date, name="date"),
    path("request/<str:signed>/visit/", request_page.visit_time, name="visit"),
    path("request/<str:signed>/score/", request_page.score, name="score"),
    path("request/<str:signed>/files/<uuid:key>/", request_page.file, name="file"),
    path("survey/<str:secret>/", survey_page.survey, name="survey"),
    path("survey/<str:secret>/stop/", survey_page.stop, name="survey_stop"),
    path("ask/<str:token>/", survey_page.open_survey, name="open_survey"),
    path("logo/<digest:digest>.png", looks.logo, name="logo"),
    path("colours/<colour:colour>.css", looks.colours, name="colours"),
]
