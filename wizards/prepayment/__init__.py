from . import property_ledger_import
