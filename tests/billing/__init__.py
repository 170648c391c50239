from . import test_billing_access
from . import test_billing_run
from . import test_charge_engine
from . import test_charge_rules
from . import test_invoice_writer
from . import test_ledger_lines
from . import test_ledger_xlsx
from . import test_meter_import
