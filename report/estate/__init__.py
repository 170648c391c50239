from . import property_contact_report
