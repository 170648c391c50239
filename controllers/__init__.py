from . import owner_ledger
