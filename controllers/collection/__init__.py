from . import arrears_statement
from . import statement_notices
