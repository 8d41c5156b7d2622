from django.urls import path

from otklik.front.board import views

app_name = "board"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/hanging/", views.hanging, name="hanging"),
    path("board/dates/", views.promised_dates, name="dates"),
    path("board/<slug:figure>/", views.behind, name="behind"),
]
