from . import property_meter_replace
from . import property_reading_round
from . import property_meter
from . import property_meter_import
from . import property_meter_import_line
from . import property_meter_reading
from . import property_meter_template
