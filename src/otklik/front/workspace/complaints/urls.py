"""Addresses of complaints."""

from django.urls import path

from otklik.front.workspace.complaints import filing, measures, views
from otklik.front.workspace.door import staff
from otklik.front.workspace.views import export

of_ticket = [
    path("complaint/", filing.complain, name="complain"),
    path("complaint/none/", filing.dismiss, name="no_complaint"),
]

urlpatterns = [
    path("complaints/", staff(views.page), name="complaints"),
    path("complaints/new/", staff(filing.new), name="complaint_new"),
    path("complaints/export/", staff(export.of_complaints), name="complaints_export"),
    path("complaints/measures/", staff(measures.board), name="measures"),
    path("complaints/measures/export/", staff(export.of_measures), name="measures_export"),
    path("complaints/<int:pk>/", staff(views.complaint), name="complaint"),
    path("complaints/<int:pk>/measures/<int:measure>/", staff(views.finish), name="measure_done"),
    path("complaints/<int:pk>/<slug:name>/", staff(views.act), name="complaint_act"),
]
