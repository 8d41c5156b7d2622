"""Indicators with plan and fact, and the months that were closed."""
