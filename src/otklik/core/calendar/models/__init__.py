from otklik.core.calendar.models.calendar import BusinessCalendar, office_week
from otklik.core.calendar.models.exception import CalendarException

__all__ = ["BusinessCalendar", "CalendarException", "office_week"]
