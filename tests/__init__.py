from . import billing
from . import estate
