"""QR codes as data URIs, so that a document needs no request to be printed."""

import base64
import io

import qrcode
from PIL import Image

QUIET_ZONE = 2


def qr_data_uri(text):
    """A one-bit PNG, one pixel a module; the document scales it up.

    The mask is fixed: trying all eight costs ten times as much and readers do not care.
    """
    code = qrcode.QRCode(
        error_correction=qrcode.ERROR_CORRECT_L, border=QUIET_ZONE, mask_pattern=2
    )
    code.add_data(text)
    code.make()
    matrix = code.get_matrix()
    size = len(matrix)
    image = Image.new("1", (size, size), 1)
    image.putdata([not dark for row in matrix for dark in row])
    # Whole pixels, so that no viewer blurs the modules.
    image = image.resize((size * 4, size * 4), Image.Resampling.NEAREST)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
