from . import receipt
from . import close
