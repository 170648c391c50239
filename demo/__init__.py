from . import property_demo
from . import property_demo_arrears
