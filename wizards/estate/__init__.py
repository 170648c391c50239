from . import property_occupancy_on
