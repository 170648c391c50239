from . import property_ledger_line
