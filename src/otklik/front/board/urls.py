from django.urls import path

from otklik.front.board import conduct, deciding, moving, outreach, views
from otklik.front.board.alerting import acts as alert_acts
from otklik.front.board.alerting import views as alerting
from otklik.front.board.improving import views as improving
from otklik.front.board.measured import views as measured
from otklik.front.board.measured.behind import behind
from otklik.front.board.measured.registered import register
from otklik.front.board.noting import views as noting
from otklik.front.board.own import building, wall
from otklik.front.board.own import views as own
from otklik.front.board.papers import views as papers
from otklik.front.board.paying import mine, schemes
from otklik.front.board.paying import views as paying
from otklik.front.board.planning import closing
from otklik.front.board.planning import views as planning
from otklik.front.board.reporting import preview
from otklik.front.board.reporting import views as reporting
from otklik.front.board.staffing import views as staffing
from otklik.front.board.surveyed import outside, ringing
from otklik.front.board.surveyed import views as surveyed
from otklik.front.board.value import views as value
from otklik.front.board.value.repeats import repeats

app_name = "board"
urlpatterns = [
    path("ahead/", outreach.page, name="ahead"),
    path("ahead/<int:pk>/write/", outreach.write, name="write_ahead"),
    path("ahead/settings/", outreach.settings, name="ahead_settings"),
    path("board/", views.board, name="board"),
    path("board/paper/", papers.board, name="board_paper"),
    path("board/shift/", views.shift_now, name="shift"),
    path("board/shift/give/", moving.give, name="give"),
    path("board/shift/pass/", moving.pass_on, name="pass_on"),
    path("board/shift/undo/<int:pk>/", moving.undo, name="undo"),
    path("board/staffing/", staffing.index, name="staffing"),
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
    path("board/metrics/register/", register, name="register_of_metrics"),
    path("board/metrics/<str:name>/", measured.metric, name="metric"),
    path("board/metrics/<str:name>/requests/", behind, name="behind_metric"),
    path("board/metrics/<str:name>/table/", measured.table, name="table_of_metric"),
    path("board/boards/", own.index, name="own_boards"),
    path("board/boards/new/", building.new, name="new_board"),
    path("board/boards/ready/<slug:name>/", building.ready, name="ready_board"),
    path("board/boards/<int:pk>/", own.board, name="own_board"),
    path("board/boards/<int:pk>/wall/", wall.wall, name="wall"),
    path("board/boards/<int:pk>/table/", own.table, name="table_of_board"),
    path("board/boards/<int:pk>/paper/", papers.own_board, name="board_as_paper"),
    path("board/boards/<int:pk>/change/", building.change, name="change_board"),
    path("board/boards/<int:pk>/copy/", building.copy, name="copy_board"),
    path("board/boards/<int:pk>/place/", building.place, name="place_board"),
    path("board/boards/<int:pk>/remove/", building.remove, name="remove_board"),
    path("board/boards/<int:pk>/back/", building.bring_back, name="bring_board_back"),
    path("board/boards/<int:pk>/tiles/new/", building.add, name="new_tile"),
    path("board/boards/tiles/<int:pk>/", building.tile, name="tile"),
    path("board/boards/tiles/<int:pk>/move/", building.move, name="move_tile"),
    path("board/boards/tiles/<int:pk>/remove/", building.remove_tile, name="remove_tile"),
    path("board/metrics/<str:name>/paper/", papers.metric, name="metric_paper"),
    path("board/reports/", reporting.index, name="reports"),
    path("board/reports/new/", reporting.new, name="new_report"),
    path("board/reports/<int:pk>/", reporting.one, name="report"),
    path("board/reports/<int:pk>/change/", reporting.change, name="change_report"),
    path("board/reports/<int:pk>/switch/", reporting.switch, name="switch_report"),
    path("board/reports/<int:pk>/remove/", reporting.remove, name="remove_report"),
    path("board/reports/<int:pk>/now/", reporting.send_now, name="send_report"),
    path("board/reports/<int:pk>/mine/", reporting.mine, name="my_report"),
    path("board/reports/<int:pk>/preview/", preview.preview, name="preview_report"),
    path("board/reports/<int:pk>/letter/", preview.letter, name="letter_of_report"),
    path("board/reports/<int:pk>/pdf/", preview.pages, name="pages_of_report"),
    path("board/surveys/", surveyed.index, name="surveys"),
    path("board/surveys/calls/", ringing.index, name="survey_calls"),
    path("board/surveys/calls/<int:pk>/", ringing.call, name="survey_call"),
    path("board/surveys/calls/<int:pk>/answered/", ringing.answered, name="survey_call_answered"),
    path("board/surveys/calls/<int:pk>/without/", ringing.without, name="survey_call_without"),
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
    path("board/alerts/", alerting.index, name="alerts"),
    path("board/alerts/new/", alerting.new, name="new_alert"),
    path("board/alerts/<int:pk>/", alerting.one, name="alert"),
    path("board/alerts/<int:pk>/change/", alerting.change, name="change_alert"),
    path("board/alerts/<int:pk>/pause/", alert_acts.pause, name="pause_alert"),
    path("board/alerts/<int:pk>/resume/", alert_acts.resume, name="resume_alert"),
    path("board/alerts/<int:pk>/retire/", alert_acts.retire, name="retire_alert"),
    path("board/value/", value.index, name="value"),
    path("board/value/margin/", value.policy, name="value_policy"),
    path("board/value/repeats/", repeats, name="value_repeats"),
    path("board/value/table/<slug:what>/", value.table, name="value_table"),
    path("board/indicators/", planning.index, name="indicators"),
    path("board/indicators/new/", planning.new, name="new_indicator"),
    path("board/indicators/<int:pk>/", planning.one, name="indicator"),
    path("board/indicators/<int:pk>/end/", planning.end, name="end_indicator"),
    path("board/indicators/plans/<int:pk>/requests/", planning.behind, name="behind_indicator"),
    path("board/indicators/closes/", closing.index, name="closes"),
    path("board/indicators/closes/close/", closing.close, name="close_month"),
    path("board/indicators/closes/<int:pk>/", closing.one, name="close"),
    path("board/indicators/closes/<int:pk>/paper/", papers.month, name="close_paper"),
    path("board/indicators/closes/<int:pk>/reopen/", closing.reopen, name="reopen_month"),
    path("board/indicators/frozen/<int:pk>/", closing.frozen, name="frozen"),
    path("board/bonus/", paying.index, name="bonus"),
    path("board/bonus/table/", paying.table, name="bonus_table"),
    path("board/bonus/draft/<int:pk>/", paying.draft, name="draft_statements"),
    path("board/bonus/schemes/new/", schemes.new, name="new_scheme"),
    path("board/bonus/schemes/<int:pk>/", schemes.one, name="scheme"),
    path("board/bonus/schemes/<int:pk>/end/", schemes.end, name="end_scheme"),
    path("board/bonus/statements/<int:pk>/", paying.one, name="statement"),
    path("board/bonus/statements/<int:pk>/paper/", papers.statement, name="statement_paper"),
    path("board/bonus/statements/<int:pk>/approve/", paying.approve, name="approve_statement"),
    path("board/bonus/statements/<int:pk>/lower/", paying.lower, name="lower_statement"),
    path("board/bonus/statements/<int:pk>/answer/", paying.answer, name="answer_dispute"),
    path("my/bonus/", mine.index, name="my_bonus"),
    path("my/bonus/<int:pk>/", mine.one, name="my_statement"),
    path("my/bonus/<int:pk>/paper/", papers.my_statement, name="my_statement_paper"),
    path("my/bonus/<int:pk>/dispute/", mine.dispute, name="dispute_statement"),
]
