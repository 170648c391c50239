from . import billing_ledger
from . import owner_ledger
from . import notice
from . import collection
from . import moment_handover
from . import property_verify
from . import prepayment_proof
from . import books
