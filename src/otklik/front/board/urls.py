from django.urls import path

from otklik.front.board import conduct, deciding, moving, views
from otklik.front.board.improving import views as improving
from otklik.front.board.measured import views as measured
from otklik.front.board.measured.behind import behind
from otklik.front.board.noting import views as noting
from otklik.front.board.paying import mine, schemes
from otklik.front.board.paying import views as paying
from otklik.front.board.planning import closing
from otklik.front.board.planning import views as planning
from otklik.front.board.surveyed import outside
from otklik.front.board.surveyed import views as surveyed
from otklik.front.board.value import views as value

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
    path("board/surveys/", surveyed.index, name="surveys"),
    path("board/surveys/outside/", outside.provider, name="outside"),
    path("board/surveys/outside/table/", outside.table, name="outside_table"),
    path("board/surveys/<int:pk>/", surveyed.survey, name="survey"),
    path("board/surveys/<int:pk>/words/", surveyed.said, name="survey_said"),
    path("board/surveys/<int:pk>/table/", surveyed.table, name="survey_table"),
    path("board/surveys/talks/<int:pk>/", surveyed.talked, name="talked"),
    path("board/notes/", noting.notes, name="notes"),
    path("board/notes/<int:pk>/remove/", noting.remove, name="remove_note"),
    path("board/improvements/", improving.index, name="improvements"),
    path("board/improvements/new/", improving.new, name="new_improvement"),
    path("board/improvements/<int:pk>/", improving.one, name="improvement"),
    path("board/improvements/<int:pk>/decide/", improving.decide, name="decide_improvement"),
    path("board/value/", value.index, name="value"),
    path("board/value/margin/", value.policy, name="value_policy"),
    path("board/value/table/<slug:what>/", value.table, name="value_table"),
    path("board/indicators/", planning.index, name="indicators"),
    path("board/indicators/new/", planning.new, name="new_indicator"),
    path("board/indicators/<int:pk>/", planning.one, name="indicator"),
    path("board/indicators/<int:pk>/end/", planning.end, name="end_indicator"),
    path("board/indicators/plans/<int:pk>/requests/", planning.behind, name="behind_indicator"),
    path("board/indicators/closes/", closing.index, name="closes"),
    path("board/indicators/closes/close/", closing.close, name="close_month"),
    path("board/indicators/closes/<int:pk>/", closing.one, name="close"),
    path("board/indicators/closes/<int:pk>/reopen/", closing.reopen, name="reopen_month"),
    path("board/indicators/frozen/<int:pk>/", closing.frozen, name="frozen"),
    path("board/bonus/", paying.index, name="bonus"),
    path("board/bonus/table/", paying.table, name="bonus_table"),
    path("board/bonus/draft/<int:pk>/", paying.draft, name="draft_statements"),
    path("board/bonus/schemes/new/", schemes.new, name="new_scheme"),
    path("board/bonus/schemes/<int:pk>/", schemes.one, name="scheme"),
    path("board/bonus/schemes/<int:pk>/end/", schemes.end, name="end_scheme"),
    path("board/bonus/statements/<int:pk>/", paying.one, name="statement"),
    path("board/bonus/statements/<int:pk>/approve/", paying.approve, name="approve_statement"),
    path("board/bonus/statements/<int:pk>/lower/", paying.lower, name="lower_statement"),
    path("board/bonus/statements/<int:pk>/answer/", paying.answer, name="answer_dispute"),
    path("my/bonus/", mine.index, name="my_bonus"),
    path("my/bonus/<int:pk>/", mine.one, name="my_statement"),
    path("my/bonus/<int:pk>/dispute/", mine.dispute, name="dispute_statement"),
]
