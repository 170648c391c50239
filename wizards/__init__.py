from . import estate
from . import billing
from . import notice
from . import collection
from . import prepayment
from . import moment
from . import books
