from . import test_prepayment
