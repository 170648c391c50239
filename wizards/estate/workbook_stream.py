"""An .xlsx file read as a stream, whatever may be wrong with it. Pure."""

import io
import zipfile
import zlib

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

# What zip, XML and openpyxl raise on a damaged file. A SyntaxError is malformed XML;
# the rest are parts that are missing, cut off, encrypted or hold impossible values.
DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Damaged(ValueError):
    """The file is no workbook that can be read."""


def open_workbook(content):
    """:param content: the bytes of an .xlsx file
    :raises Damaged: if they are none
    """
    try:
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
    except DAMAGED:
        raise Damaged from None


def numbered_rows(sheet, first=1, last=None):
    """(row number, cells) one by one.

    :raises Damaged: also midway, when the sheet breaks off
    """
    try:
        sheet.reset_dimensions()  # what other programs write there is often wrong
        yield from enumerate(
            sheet.iter_rows(min_row=first, max_row=last, values_only=True), start=first
        )
    except DAMAGED:
        raise Damaged from None
