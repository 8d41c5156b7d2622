"""Addresses of reviews."""

from django.urls import path

from otklik.front.workspace.door import staff
from otklik.front.workspace.quality import calibrating, one, results, views

urlpatterns = [
    path("quality/", staff(views.page), name="reviews"),
    path("quality/begin/", staff(views.begin), name="review_begin"),
    path("quality/mine/", staff(views.mine), name="my_reviews"),
    path("quality/results/", staff(results.results), name="review_results"),
    path("quality/calibrations/", staff(calibrating.page), name="calibrations"),
    path("quality/calibrations/<int:pk>/", staff(calibrating.session), name="calibration"),
    path("quality/calibrations/<int:pk>/close/", staff(calibrating.close), name="calibration_close"),
    path("quality/<int:pk>/", staff(one.review), name="review"),
    path("quality/<int:pk>/draft/", staff(one.draft), name="review_draft"),
    path("quality/<int:pk>/skip/", staff(one.skip), name="review_skip"),
    path("quality/<int:pk>/give/", staff(one.give), name="review_give"),
    path("quality/<int:pk>/accept/", staff(one.accept), name="review_accept"),
    path("quality/<int:pk>/dispute/", staff(one.dispute), name="review_dispute"),
    path("quality/<int:pk>/decide/", staff(one.decide), name="review_decide"),
    path("quality/<int:pk>/step/", staff(one.agree), name="review_agree"),
    path("quality/<int:pk>/step/<int:step>/done/", staff(one.finish), name="review_step_done"),
]
