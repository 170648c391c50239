from . import property_reminder_result
