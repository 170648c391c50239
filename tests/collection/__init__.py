from . import test_calendar
from . import test_case
from . import test_case_cron
from . import test_simulation
from . import test_statement_roll
from . import test_notice_demand
