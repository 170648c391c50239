from . import portal
from . import print_file
from . import reminder_papers
