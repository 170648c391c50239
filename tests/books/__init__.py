from . import test_counter
from . import test_cash_handover
from . import test_bank_text
from . import test_bank_judge
from . import test_bank_match
from . import test_bank_sheet
from . import test_bank_import
from . import test_figure
