"""Cutting one PDF of many letters into letters, and putting letters together.

The head of each letter carries a box of 2 pixels in a colour nobody else uses and no
eye tells from white; it stands in the page's content stream and is found without
reading text. Pure: bytes in,
bytes out.
"""

import hashlib
import io
import re
import unicodedata
from collections import namedtuple

from odoo.tools.pdf import PdfReader, PdfWriter, generic

MARKER_COLOUR = "#fdfeff"
# 253/255, 254/255, 255/255 as Qt writes them, in its patched and its plain build.
MARKER = re.compile(rb"0?\.9921\d* 0?\.9960\d* 1(?:\.0*)? (?:scn|sc|rg)\b")

# Codes of radicals in a ToUnicode table: blocks U+2E80 to U+2FDF.
CODE = re.compile(rb"<(2[ef][0-9a-f]{2})>", re.IGNORECASE)
# Those of U+2E80 to U+2EF3 that Unicode does not normalise and fonts share a glyph for.
RADICALS = dict(
    zip(
        "⺒⺝⺠⺩⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "巳月民王虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
# Characters of which fonts draw one or another like the radical.
TWINS = ("戶户戸", "長长镸", "龜龟亀", "黃黄", "青靑", "黑黒", "鹵卤", "黽黾", "齊斉齐")

Letter = namedtuple("Letter", ("content", "page_count"))


def first_pages(reader):
    """Numbers of the pages on which a letter begins."""
    return [
        number
        for number, page in enumerate(reader.pages)
        if MARKER.search(page.get_contents().get_data())
    ]


def split(content, count, text=""):
    """Cut a PDF into its letters.

    :param count: how many there must be
    :param text: what they were printed from
    :return: a list of Letter
    :raises ValueError: when another number of letters is found
    """
    reader = PdfReader(io.BytesIO(content), strict=False)
    _mend_texts(reader, set(str(text)))
    starts = first_pages(reader)
    if len(starts) != count or (starts and starts[0]):
        raise ValueError(f"{count} letters expected, {len(starts)} found")
    ends = [*starts[1:], len(reader.pages)]
    return [
        Letter(_pages(reader, start, end), end - start)
        for start, end in zip(starts, ends, strict=True)
    ]


def _mend_texts(reader, used):
    """Let text copied from, or searched in, the PDF be ordinary characters.

    CJK fonts draw a radical and the character that looks like it with one glyph, and Qt
    notes the radical as its meaning: 角 would be found as ⻆ only.
    """
    seen = set()
    for page in reader.pages:
        fonts = page.get("/Resources", {}).get("/Font", {})
        for font in fonts.values():
            font = font.get_object()
            if "/ToUnicode" not in font:
                continue
            table = font.get("/ToUnicode").get_object()
            if id(table) in seen:
                continue
            seen.add(id(table))
            text = table.get_data()
            mended = mend_table(text, used)
            if mended != text:
                table.set_data(mended)


def mend_table(table, used):
    """Put characters in place of radicals.

    :param table: a ToUnicode table
    :param used: the characters the text was written with: 户 and 戶 share a radical
    """

    def ordinary(match):
        char = chr(int(match[1], 16))
        char = RADICALS.get(char) or unicodedata.normalize("NFKC", char)
        if len(char) != 1:
            return match[0]
        twins = next((twins for twins in TWINS if char in twins), char)
        fitting = [twin for twin in twins if twin in used] or [char]
        # Of two in use, the one that has no glyph of its own.
        fitting.sort(key=lambda twin: (_code(twin) in table.lower(), twin != char))
        return _code(fitting[0])

    return CODE.sub(ordinary, table)


def _code(char):
    return b"<%04x>" % ord(char)


def _pages(reader, start, end):
    writer = PdfWriter()
    for number in range(start, end):
        writer.add_page(reader.pages[number])
    return _written(writer)


def merge(contents):
    """Put PDFs together in the order given; fonts and pictures that many of them share
    are kept once, or a thousand letters would bring a thousand fonts."""
    writer, known = PdfWriter(), {}
    for content in contents:
        for page in PdfReader(io.BytesIO(content), strict=False).pages:
            new = []
            for kind, name, key in _shareable(page):
                if key in known:
                    page["/Resources"][kind][name] = known[key]
                else:
                    new.append((kind, name, key))
            added = writer.add_page(page)
            for kind, name, key in new:
                known[key] = added["/Resources"][kind].raw_get(name)
    return _written(writer)


def _shareable(page):
    """(kind, name, digest) of each font and picture of a page."""
    found = []
    for kind in ("/Font", "/XObject"):
        for name, reference in page["/Resources"].get(kind, {}).items():
            digest = hashlib.sha256()
            _digest(reference.get_object(), digest)
            found.append((kind, name, digest.digest()))
    return found


def _digest(value, digest):
    """Feed everything a PDF object consists of to a digest."""
    value = value.get_object()
    if isinstance(value, dict):
        for key in sorted(value):
            digest.update(key.encode())
            _digest(value.raw_get(key), digest)
        if isinstance(value, generic.StreamObject):
            digest.update(value._data)
    elif isinstance(value, list):
        for item in value:
            _digest(item, digest)
    else:
        digest.update(str(value).encode())


def _written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
