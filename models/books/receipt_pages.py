"""Pages of receipts: paper from a roll, and stamps. Pure: bytes in, bytes out."""

import io

from odoo.tools.pdf import PdfReader, PdfWriter, generic

# Points below the last line of text: its descent, and room to tear the paper off.
TAIL = 18


def cut_to_content(content):
    """Cut the last page below its last line of text: paper from a roll is as long as
    what is printed on it."""
    reader, writer = PdfReader(io.BytesIO(content), strict=False), PdfWriter()
    pages = list(reader.pages)
    bottom = max(0.0, lowest_text(pages[-1]) - TAIL)
    box = pages[-1].mediabox
    corners = (box[0], bottom, box[2], box[3])
    shorter = generic.ArrayObject(map(generic.FloatObject, map(float, corners)))
    for page in pages:
        if page == pages[-1]:
            for name in ("/MediaBox", "/CropBox"):
                page[generic.NameObject(name)] = shorter
        writer.add_page(page)
    return _written(writer)


def lowest_text(page):
    """Height of the lowest line of text above the bottom of the page, in points."""
    heights = []

    def note(text, matrix, text_matrix, _font, _size):
        if text.strip():
            heights.append(text_matrix[5] * matrix[3] + matrix[5])

    page.extract_text(visitor_text=note)
    return min(heights, default=0.0)


def stamp(content, mark):
    """Put what is on the first page of ``mark`` on each page of ``content``, from the
    upper edge."""
    reader, writer = PdfReader(io.BytesIO(content), strict=False), PdfWriter()
    seal = PdfReader(io.BytesIO(mark), strict=False).pages[0]
    for page in reader.pages:
        added = writer.add_page(page)
        added.merge_page(seal)
    return _written(writer)


def _written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
