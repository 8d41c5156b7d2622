"""Alerts on figures: the list, one with its past and its history, and the form in plain words."""
