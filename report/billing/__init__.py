from . import account_move
from . import account_partial_reconcile
from . import property_ledger_line
from . import property_billing_run
from . import property_billing_run_ledger
