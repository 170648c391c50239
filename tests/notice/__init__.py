from . import test_notice_rules
from . import test_notice_contents
from . import test_notice_issue
from . import test_notice_pdf
from . import test_notice_delivery
from . import test_notice_email
from . import test_notice_access
from . import test_notice_portal
