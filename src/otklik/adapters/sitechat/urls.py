"""The script for sites, the window and what it asks."""

from django.urls import path

from otklik.adapters.sitechat import streaming, views

app_name = "sitechat"
urlpatterns = [
    path("chat/<str:key>/", views.frame, name="frame"),
    path("chat/<str:key>/widget.js", views.widget, name="widget"),
    path("chat/<str:key>/said/", views.said, name="said"),
    path("chat/<str:key>/say/", views.say, name="say"),
    path("chat/<str:key>/press/", views.press, name="press"),
    path("chat/<str:key>/end/", views.end, name="end"),
    path("chat/<str:key>/address/", views.address, name="address"),
    path("chat/<str:key>/writes/", views.writes, name="writes"),
    path("chat/<str:key>/seen/", views.seen, name="seen"),
    path("chat/<str:key>/files/<int:line>/<int:place>/", views.file, name="file"),
    path("live/chat/<str:key>/", streaming.stream, name="live"),
]
