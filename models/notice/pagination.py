"""Which rows stand on which page. Pure: millimetres in, lists out.

Old QtWebKit neither repeats a table's head nor keeps rows whole, so the pages of a long
notice are made here, each with its own table. Heights are estimates on the safe side.
"""

import re
import unicodedata

from markupsafe import Markup

LINE_MM, SMALL_LINE_MM, PADDING_MM = 4.25, 3.5, 2.0
# Room on a page; what stands above the rows and below them when nothing there wraps.
PAGE_MM = 277.0
FIRST_HEAD_MM = 54.0
NEXT_HEAD_MM = 17.0
TAIL_MM = 102.0
# What rows are taken to be higher, and a page shorter, each time the estimate turned
# out too small; the sixth time rows are nearly four times as high.
LEVEL_FACTOR, LEVEL_MM = 1.25, 12.0

# Widths of 8.5 pt letters, in the widest of the fonts that may be installed.
WIDE_MM, DIGIT_MM, LETTER_MM, CAPITAL_MM = 3.05, 1.92, 1.85, 2.3
THIN_MM, BROAD_MM = 1.1, 2.95
THIN, BROAD = frozenset(" .,:;/-'|()ijlt"), frozenset("mwMW@%&")

# Where a line may end: after each wide character, around each word of others. Closing
# punctuation stays with what it closes, opening punctuation with what it opens.
PIECE = re.compile(
    r"[（「『【《]*[\u2e80-\uffef][、。，．）」』】》：；！？]*|[^\s\u2e80-\uffef]+|\s+"
)
# Words such as 12-03: rooms and numbers.
NUMBER = re.compile(r"[!-~]*\d[!-~]*")
WHOLE_MM = 22.0


def text_width(text):
    """Width of a text in body type, in millimetres."""
    return sum(map(_width, text))


def _width(char):
    if unicodedata.east_asian_width(char) in "WFA":
        return WIDE_MM
    if char in THIN:
        return THIN_MM
    if char in BROAD:
        return BROAD_MM
    if char.isdigit():
        return DIGIT_MM
    return CAPITAL_MM if char.isupper() else LETTER_MM


def line_count(text, width):
    """Lines that a text takes in a column of ``width`` millimetres."""
    return sum(_wrapped(line, width) for line in (text or "").split("\n"))


def _wrapped(line, width):
    lines, used = 1, 0.0
    for piece in PIECE.findall(line):
        size = text_width(piece)
        if used and used + size > width:
            lines, used = lines + 1, 0.0
            if piece.isspace():
                continue
        # A word longer than the column is broken somewhere.
        over = max(0, -int(-size // width) - 1)
        lines, used = lines + over, used + size - over * width
    return lines


def further_lines(cells):
    """Height of the lines that texts take beyond one each.

    :param cells: (text, width of its place) of each
    """
    return LINE_MM * sum(line_count(text, width) - 1 for text, width in cells)


def keep_whole(text):
    """HTML of a text whose room numbers are not broken at their hyphens."""

    def whole(word):
        if text_width(word) > WHOLE_MM:
            return word
        return Markup('<span class="whole">%s</span>') % word

    words = re.split(f"({NUMBER.pattern})", text or "")
    return Markup().join(
        whole(word) if index % 2 else word for index, word in enumerate(words)
    )


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
