"""QR codes as data URIs, so that a document needs no request to be printed."""

import base64
import io

import qrcode
import qrcode.util
from PIL import Image

QUIET_ZONE = 2
# Texts of one length fit the same version of code: {length: version}
_versions = {}


def qr_data_uri(text):
    """A one-bit PNG, one pixel a module; the document scales it up.

    The mask is fixed: trying all eight costs ten times as much and readers do not care.
    """
    data = text.encode()
    version = _versions.get(len(data))
    code = qrcode.QRCode(
        version=version,
        error_correction=qrcode.ERROR_CORRECT_L,
        border=QUIET_ZONE,
        mask_pattern=2,
    )
    code.add_data(qrcode.util.QRData(data, mode=qrcode.util.MODE_8BIT_BYTE))
    code.make(fit=version is None)
    _versions[len(data)] = code.version
    matrix = code.get_matrix()
    size = len(matrix)
    image = Image.new("1", (size, size), 1)
    image.putdata([0 if dark else 1 for row in matrix for dark in row])
    # Whole pixels, so that no viewer blurs the modules.
    image = image.resize((size * 4, size * 4), Image.Resampling.NEAREST)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
