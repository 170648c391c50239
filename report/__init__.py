from . import billing
from . import collection
