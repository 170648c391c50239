from . import portal
from . import print_file
