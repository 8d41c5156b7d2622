"""Addresses of the wizard and of the settings screens."""

from django.urls import path

from otklik.front.setup.views import brands, channels, consent, habits, hours, lines, organisation, people
from otklik.front.setup.wizard import views as wizard

app_name = "setup"
urlpatterns = [
    path("setup/", wizard.start, name="start"),
    path("setup/company/", wizard.company, name="company"),
    path("setup/administrator/", wizard.administrator, name="administrator"),
    path("setup/line/", wizard.first_line_step, name="first_line"),
    path("setup/mail/", wizard.mail, name="mail"),
    path("setup/hours/", wizard.week, name="week"),
    path("settings/", organisation.index, name="settings"),
    path("settings/organisation/", organisation.organisation, name="organisation"),
    path("settings/brands/", brands.brands, name="brands"),
    path("settings/brands/new/", brands.brand, name="brand_new"),
    path("settings/brands/preview/", brands.preview, name="brand_preview"),
    path("settings/brands/letter/", brands.letter, name="brand_letter"),
    path("settings/brands/<int:pk>/", brands.brand, name="brand"),
    path("settings/brands/<int:pk>/remove/", brands.remove, name="brand_remove"),
    path("settings/about/", organisation.about, name="about"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/new/", people.add, name="person_new"),
    path("settings/people/<int:pk>/", people.person, name="person"),
    path("settings/people/<int:pk>/invite/", people.invite, name="invite"),
    path("settings/people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("settings/people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("settings/people/<int:pk>/second-factor/remove/", people.free, name="free"),
    path("settings/lines/", lines.lines, name="lines"),
    path("settings/lines/new/", lines.line, name="line_new"),
    path("settings/lines/new/consequences/", lines.consequences, name="line_new_consequences"),
    path("settings/lines/<int:pk>/", lines.line, name="line"),
    path("settings/lines/<int:pk>/habits/", habits.habits, name="habits"),
    path("settings/lines/<int:pk>/consequences/", lines.consequences, name="line_consequences"),
    path("settings/hours/", hours.hours, name="hours"),
    path("settings/hours/new/", hours.calendar, name="calendar_new"),
    path("settings/hours/<int:pk>/", hours.calendar, name="calendar"),
    path("settings/hours/<int:pk>/default/", hours.make_default, name="calendar_default"),
    path("settings/hours/<int:pk>/days/", hours.special_day, name="special_day"),
    path("settings/hours/<int:pk>/holidays/", hours.holidays, name="holidays"),
    path("settings/channels/", channels.channels, name="channels"),
    path("settings/channels/new/<slug:kind>/", channels.add, name="channel_new"),
    path("settings/channels/granted/", consent.granted, name="channel_granted"),
    path("settings/channels/<int:pk>/", channels.channel, name="channel"),
    path("settings/channels/<int:pk>/progress/", channels.progress, name="channel_progress"),
    path("settings/channels/<int:pk>/hold/", channels.hold, name="channel_hold"),
    path("settings/channels/<int:pk>/connect/", consent.connect, name="channel_connect"),
    path("settings/channels/<int:pk>/check/", channels.check, name="channel_check"),
    path("settings/channels/<int:pk>/switch/", channels.switch, name="channel_switch"),
]
