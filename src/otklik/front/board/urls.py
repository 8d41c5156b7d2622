from django.urls import path

from otklik.front.board import conduct, deciding, moving, views

app_name = "board"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/shift/", views.shift_now, name="shift"),
    path("board/shift/give/", moving.give, name="give"),
    path("board/shift/pass/", moving.pass_on, name="pass_on"),
    path("board/shift/undo/<int:pk>/", moving.undo, name="undo"),
    path("board/hanging/", views.hanging, name="hanging"),
    path("board/dates/", views.promised_dates, name="dates"),
    path("board/refusals/", deciding.page, name="refusals"),
    path("board/refusals/figures/", deciding.figures, name="refusal_figures"),
    path("board/refusals/<int:pk>/approve/", deciding.approve, name="approve_refusal"),
    path("board/refusals/<int:pk>/return/", deciding.send_back, name="return_refusal"),
    path("board/conduct/", conduct.page, name="conduct"),
    path("board/conduct/<int:pk>/", conduct.review, name="review_conduct"),
    path("board/conduct/restrictions/<int:pk>/lift/", conduct.lift, name="lift_restriction"),
    path("board/<slug:figure>/", views.behind, name="behind"),
]
