from . import billing
from . import estate
from . import prepayment
from . import notice
from . import collection
from . import moment
from . import books
