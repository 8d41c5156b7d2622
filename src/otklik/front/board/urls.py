from django.urls import path

from otklik.front.board import conduct, deciding, moving, views
from otklik.front.board.improving import views as improving
from otklik.front.board.measured import views as measured
from otklik.front.board.measured.behind import behind
from otklik.front.board.noting import views as noting

app_name = "board"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/shift/", views.shift_now, name="shift"),
    path("board/shift/give/", moving.give, name="give"),
    path("board/shift/pass/", moving.pass_on, name="pass_on"),
    path("board/shift/undo/<int:pk>/", moving.undo, name="undo"),
    path("board/hanging/", views.hanging, name="hanging"),
    path("board/dates/", views.promised_dates, name="dates"),
    path("board/visits/", views.visits_ahead, name="visits"),
    path("board/changes/", views.change_requests, name="changes"),
    path("board/refusals/", deciding.page, name="refusals"),
    path("board/refusals/figures/", deciding.figures, name="refusal_figures"),
    path("board/refusals/<int:pk>/approve/", deciding.approve, name="approve_refusal"),
    path("board/refusals/<int:pk>/return/", deciding.send_back, name="return_refusal"),
    path("board/conduct/", conduct.page, name="conduct"),
    path("board/conduct/<int:pk>/", conduct.review, name="review_conduct"),
    path("board/conduct/restrictions/<int:pk>/lift/", conduct.lift, name="lift_restriction"),
    path("board/metrics/", measured.index, name="metrics"),
    path("board/metrics/<str:name>/", measured.metric, name="metric"),
    path("board/metrics/<str:name>/requests/", behind, name="behind_metric"),
    path("board/metrics/<str:name>/table/", measured.table, name="table_of_metric"),
    path("board/notes/", noting.notes, name="notes"),
    path("board/notes/<int:pk>/remove/", noting.remove, name="remove_note"),
    path("board/improvements/", improving.index, name="improvements"),
    path("board/improvements/new/", improving.new, name="new_improvement"),
    path("board/improvements/<int:pk>/", improving.one, name="improvement"),
    path("board/improvements/<int:pk>/decide/", improving.decide, name="decide_improvement"),
]
