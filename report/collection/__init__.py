from . import property_arrears_statement
from . import property_collector_report
from . import property_occupancy_rate
from . import property_arrears_statement_print
