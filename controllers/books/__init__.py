from . import receipt
from . import close
from . import kpi_workbook
