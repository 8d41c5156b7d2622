"""The staff are no clients: what is known of them has other rules."""

from otklik.core.datamap import free_app

for label in ("staff", "notices", "calendar", "account", "mfa", "usersessions"):
    free_app(label, because="about the people who work here and their settings, not about clients")
free_app("auth", because="the framework's list of rights")
free_app("contenttypes", because="the framework's list of tables")
free_app("sessions", because="sessions of the staff")
free_app("procrastinate", because="jobs carry numbers, never words")
