from . import property_ledger_import
from . import account_move_reversal
from . import property_prepayment_cancel
from . import property_prepayment_adjust
