import tempfile

from werkzeug.wsgi import wrap_file

from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(name, write):
    """A workbook as a download, streamed from a file without a name.

    :param write: called with the stream to write to
    """
    # It is gone when the response closes it.
    stream = tempfile.TemporaryFile()  # noqa: SIM115
    write(stream)
    size = stream.seek(0, 2)
    stream.seek(0)
    return request.make_response(
        wrap_file(request.httprequest.environ, stream),
        [
            ("Content-Type", XLSX),
            ("Content-Length", size),
            ("Content-Disposition", content_disposition(name)),
        ],
    )
