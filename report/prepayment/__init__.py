from . import property_ledger_line
from . import property_prepayment_proof
from . import property_prepayment_proof_sheet
