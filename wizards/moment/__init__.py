from . import property_moment_way
from . import property_moment_cancel
from . import property_moment_promise
from . import property_moment_plan
from . import property_moment_pay
