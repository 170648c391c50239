from . import property_collection_simulation
from . import property_arrears_exclude
from . import property_contact_record
from . import account_move_reversal
from . import property_plan_spread
