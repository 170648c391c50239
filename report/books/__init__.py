from . import property_takings
