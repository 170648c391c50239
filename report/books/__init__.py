from . import property_takings
from . import property_figure
from . import property_figure_arrears
