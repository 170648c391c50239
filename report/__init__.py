from . import estate
from . import billing
from . import prepayment
from . import collection
from . import notice
from . import books
