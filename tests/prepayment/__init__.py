from . import test_prepayment
from . import test_opening
from . import test_release
from . import test_sell
from . import test_proof
from . import test_ledger
from . import test_migration
