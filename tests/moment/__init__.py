from . import test_desk_settle
