from . import estate
from . import billing
