from . import property_delivery_record
