from . import property_takings
from . import property_figure
from . import property_figure_arrears
from . import property_figure_group
from . import property_figure_month
from . import property_figure_refresh
from . import property_figure_stale
from . import property_figure_open
