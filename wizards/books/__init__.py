from . import property_counter
from . import property_counter_line
