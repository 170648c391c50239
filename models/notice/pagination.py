"""Which rows stand on which page. Pure: millimetres in, lists out.

Old QtWebKit neither repeats a table's head nor keeps rows whole, so the pages of a long
notice are made here, each with its own table. Heights are estimates on the safe side.
"""

import unicodedata

WIDE_MM, NARROW_MM = 3.05, 1.6
LINE_MM, SMALL_LINE_MM, PADDING_MM = 4.25, 3.5, 2.0
PAGE_MM = 277.0
FIRST_HEAD_MM = 54.0
NEXT_HEAD_MM = 17.0
TAIL_MM = 102.0


def text_width(text):
    """Width of a text in body type, in millimetres."""
    return sum(
        WIDE_MM if unicodedata.east_asian_width(char) in "WF" else NARROW_MM
        for char in text
    )


def line_count(text, width):
    """Lines that a text takes in a column of ``width`` millimetres."""
    lines = text.split("\n") if text else [""]
    return sum(max(1, -int(-text_width(line) // width)) for line in lines)


def row_height(cells, small_lines=0):
    """Height of a row.

    :param cells: (text, inner width of its column) of each cell that may wrap
    :param small_lines: lines of small print below one of the numbers
    """
    body = max(line_count(text, width) * LINE_MM for text, width in cells)
    return PADDING_MM + max(body, LINE_MM + small_lines * SMALL_LINE_MM)


def paginate(
    heights, page=PAGE_MM, first=FIRST_HEAD_MM, later=NEXT_HEAD_MM, tail=TAIL_MM
):
    """Spread rows over pages; the tail (total, payment part and stub) stays in one
    piece on the last page, on one of its own if need be.

    :return: a list of (start, end) of the rows of each page
    """
    pages, start, room = [], 0, page - first
    for index, height in enumerate(heights):
        if height > room and index > start:
            pages.append((start, index))
            start, room = index, page - later
        room -= height
    pages.append((start, len(heights)))
    if room < tail:
        pages.append((len(heights), len(heights)))
    return pages
