from . import test_charge_rules
