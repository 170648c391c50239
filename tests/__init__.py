from . import billing
from . import estate
from . import notice
from . import collection
