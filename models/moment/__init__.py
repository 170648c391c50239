from . import res_company
from . import property_moment
from . import property_moment_document
from . import property_certificate
from . import property_handover_batch
from . import property_unit
