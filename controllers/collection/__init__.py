from . import arrears_statement
