"""Addresses of problems."""

from django.urls import path

from otklik.front.workspace.door import staff
from otklik.front.workspace.problems import beginning, candidates, changing, linking, listing, page

urlpatterns = [
    path("problems/", staff(listing.page), name="problems"),
    path("problems/new/", staff(beginning.new), name="problem_new"),
    path("problems/link/", staff(linking.link), name="problem_link"),
    path("problems/candidates/", staff(candidates.page), name="problem_candidates"),
    path("problems/candidates/<int:pk>/make/", staff(beginning.of_candidate), name="problem_of_candidate"),
    path("problems/candidates/<int:pk>/refuse/", staff(candidates.refuse), name="problem_refuse"),
    path("problems/<int:number>/", staff(page.page), name="problem"),
    path("problems/<int:number>/change/", staff(changing.change), name="problem_change"),
    path("problems/<int:number>/state/", staff(changing.move), name="problem_move"),
    path("problems/<int:number>/known/", staff(changing.known), name="problem_known"),
    path("problems/<int:number>/live/", staff(changing.live), name="problem_live"),
    path("problems/<int:number>/remove/", staff(changing.remove), name="problem_remove"),
    path("problems/<int:number>/check/", staff(changing.check), name="problem_check"),
]
