from . import test_billing_run
from . import test_charge_engine
from . import test_charge_rules
from . import test_ledger_lines
from . import test_ledger_xlsx
