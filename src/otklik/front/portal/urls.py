"""Addresses that clients are sent."""

from django.urls import path

from otklik.front.portal import request_page, survey_page

app_name = "portal"
urlpatterns = [
    path("request/<str:signed>/", request_page.show_request, name="request"),
    path("request/<str:signed>/answer/", request_page.answer, name="answer"),
    path("request/<str:signed>/score/", request_page.score, name="score"),
    path("request/<str:signed>/files/<uuid:key>/", request_page.file, name="file"),
    path("survey/<str:secret>/", survey_page.survey, name="survey"),
    path("survey/<str:secret>/stop/", survey_page.stop, name="survey_stop"),
]
