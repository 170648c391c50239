from . import test_prepayment
from . import test_opening
from . import test_release
from . import test_sell
