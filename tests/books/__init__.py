from . import test_counter
from . import test_cash_handover
