from . import property_demo
from . import property_demo_arrears
from . import property_demo_low
from . import property_demo_books
