from . import estate
from . import billing
from . import notice
from . import community_bound
from . import collection
