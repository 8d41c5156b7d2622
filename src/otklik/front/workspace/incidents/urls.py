"""Addresses of incidents."""

from django.urls import path

from otklik.front.workspace.door import staff
from otklik.front.workspace.incidents import acting, changing, concerning, declaring, listing, page, publicly, updating

urlpatterns = [
    path("incidents/", staff(listing.page), name="incidents"),
    path("incidents/new/", staff(declaring.new), name="incident_new"),
    path("incidents/<int:number>/", staff(page.page), name="incident"),
    path("incidents/<int:number>/update/", staff(updating.write), name="incident_update"),
    path("incidents/<int:number>/updates/<int:pk>/", staff(updating.progress), name="incident_progress"),
    path("incidents/<int:number>/updates/<int:pk>/stop/", staff(updating.stop), name="incident_stop"),
    path("incidents/<int:number>/change/", staff(changing.change), name="incident_change"),
    path("incidents/<int:number>/state/", staff(changing.move), name="incident_move"),
    path("incidents/<int:number>/severity/", staff(changing.severity), name="incident_severity"),
    path("incidents/<int:number>/clients/", staff(concerning.page), name="incident_clients"),
    path("incidents/<int:number>/clients/<int:pk>/leave-out/", staff(concerning.leave_out), name="incident_leave_out"),
    path("incidents/<int:number>/actions/new/", staff(acting.plan), name="incident_plan"),
    path("incidents/<int:number>/actions/<int:pk>/", staff(acting.end), name="incident_action"),
    path("incidents/<int:number>/status/", staff(publicly.publish), name="incident_status"),
    path("incidents/<int:number>/close/", staff(changing.close), name="incident_close"),
]
