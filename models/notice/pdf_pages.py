"""Cutting one PDF of many letters into letters, and putting letters together.

The head of each letter carries a box of 2 pixels in a colour nobody else uses; it
stands in the page's content stream and is found without reading text. Pure: bytes in,
bytes out.
"""

import io
import re

from odoo.tools.pdf import PdfReader, PdfWriter

MARKER_COLOUR = "#010203"
# 1/255, 2/255, 3/255 as Qt writes them, in its patched and its plain build.
MARKER = re.compile(rb"0?\.0039\d* 0?\.0078\d* 0?\.011[78]\d* (?:scn|sc|rg)\b")


def first_pages(reader):
    """Numbers of the pages on which a letter begins."""
    return [
        number
        for number, page in enumerate(reader.pages)
        if MARKER.search(page.get_contents().get_data())
    ]


def split(content, count):
    """Cut a PDF into its letters.

    :param count: how many there must be
    :return: a list of PDFs
    :raises ValueError: when another number of letters is found
    """
    reader = PdfReader(io.BytesIO(content), strict=False)
    starts = first_pages(reader)
    if len(starts) != count or (starts and starts[0]):
        raise ValueError(f"{count} letters expected, {len(starts)} found")
    ends = [*starts[1:], len(reader.pages)]
    return [
        _pages(reader, start, end) for start, end in zip(starts, ends, strict=True)
    ]


def _pages(reader, start, end):
    writer = PdfWriter()
    for number in range(start, end):
        writer.add_page(reader.pages[number])
    return _written(writer)


def merge(contents):
    """Put PDFs together in the order given."""
    writer = PdfWriter()
    for content in contents:
        for page in PdfReader(io.BytesIO(content), strict=False).pages:
            writer.add_page(page)
    return _written(writer)


def _written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
