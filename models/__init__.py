from . import estate
from . import billing
from . import prepayment
from . import notice
from . import collection
from . import moment
from . import books
