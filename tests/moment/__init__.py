from . import test_desk_settle
from . import test_handover_slots
from . import test_handover_plan
