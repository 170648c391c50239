"""What the text of a bank transfer may say: numbers of bills, units. Pure.

Texts are what people type into a bank's form: "物业费 1栋2单元301", "pn 2026 00012
張三", "管理費 A棟5樓之2". Nothing is guessed: a number counts only as a whole, never
as a part of a longer one.
"""

import re
import unicodedata

from ..estate.texts import said

NUMBER_TOKENS = 6  # the most pieces that one number is broken into
_DASHES = str.maketrans({mark: "-" for mark in "‐‑‒–—―−~～_"})
_NUMERALS = {char: place for place, char in enumerate("一二三四五六七八九", start=1)}
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[栋棟幢座楼樓层層单單号號])")
_AFTER_ZHI = re.compile(r"(?<=之)[一二三四五六七八九十]{1,3}")
# Times, sums of money and days look like units to a machine.
_NO_UNIT = re.compile(
    r"\d+:\d+(?::\d+)?"
    r"|(?<![\dA-Z-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d-])"
    r"|\d+\.\d+|\d+\s*(?:元|圓|圆|块|塊)|[¥$]\s*\d+"
    r"|(?:(?:19|20)\d\d|\d{2,3})年(?:\d{1,2}月)?(?:\d{1,2}[日號号])?"
    r"|\d{1,2}\s*-\s*\d{1,2}\s*月|\d{1,2}月(?:份|\d{1,2}[日號号])?"
    r"|(?<![\d-])(?:19|20)\d\d([-/])\d{1,2}(?:\1\d{1,2})?(?![\d-])"
)
_WORDS = re.compile(
    r"\b(?:BUILDING|BLDG|BLOCK|BLK|TOWER|UNIT|ROOM|RM|FLOOR|FL|NO|APT)\b\.?\s*"
)
_FLOOR = re.compile(r"(?<=\d)F(?![A-Z])")
_MARKS = re.compile(
    r"\s*(?:[号號#][楼樓]|[楼樓][号號栋棟]|[栋棟幢座#]|[单單]元|[楼樓层層]之?|之"
    r"|[号號][房室]|[号號室房户戶])\s*"
)
_RUN = re.compile(r"[A-Z0-9]+(?:[-/]+[A-Z0-9]+)*")
_PIECES = re.compile(r"[A-Z]+|\d+")
_TOKEN = re.compile(r"[A-Z0-9]+")
_IN_NUMBER = re.compile(r"[\s\-/._#]{1,2}")
_LIST = re.compile(r"-?\s*[、,;&+和與与及]\s*-?")
_ROOM = re.compile(
    r"(?:房[号號]|室[号號]|[门門]牌[号號]?|ROOM|RM|UNIT)[:\s.]*([A-Z]?\d{2,5}[A-Z]?)(?![\d-])"
    r"|(?<![\d-])([A-Z]?\d{2,5}[A-Z]?)\s*(?:室|房(?![号號租东東]))"
)


def normal(text):
    """One spelling: half-width, capital letters, one kind of dash, single spaces."""
    text = unicodedata.normalize("NFKC", text or "").translate(_DASHES).upper()
    return " ".join(text.split())


def number_key(name):
    """What two spellings of a bill's number have in common."""
    return "".join(_TOKEN.findall(normal(name)))


def number_keys(text):
    """Keys of every number that the text may carry; each begins and ends where letters
    and digits do, and has both of them."""
    text = normal(text)
    tokens = list(_TOKEN.finditer(text))
    keys = set()
    for first, token in enumerate(tokens):
        key, end = token[0], token.end()
        keys.add(key)
        for other in tokens[first + 1 : first + NUMBER_TOKENS]:
            gap = text[end : other.start()]
            if not _IN_NUMBER.fullmatch(gap):
                break
            key, end = key + other[0], other.end()
            keys.add(key)
    return {
        key
        for key in keys
        if len(key) >= 5 and re.search(r"[A-Z]", key) and re.search(r"\d", key)
    }


def unit_key(*names):
    """Building and room as pieces: ("1栋", "2单元301") and ("1", "2-301") are alike."""
    text = " ".join(_marked(normal(name)) for name in names if name)
    return tuple(_piece(piece) for piece in _PIECES.findall(text))


def unit_mentions(text):
    """Units that a text may name, as (key, is plain) in its order.

    Plain is what names a building as well, or says that it is a room. Anything else is
    a bare number, to be believed only together with the owner's name.
    """
    text = _NO_UNIT.sub("|", normal(text))
    rooms = {_pieces(room) for pair in _ROOM.findall(text) for room in pair if room}
    runs, found = _runs(_marked(text)), []
    for key, is_listed in runs:
        if is_listed and found and len(key) < len(found[-1][0]):
            before, is_plain = found[-1]
            found.append((before[: len(before) - len(key)] + key, is_plain))
        else:
            found.append((key, len(key) > 1 or key in rooms))
    return list(dict.fromkeys(found + _spaced(_marked(text))))


def _runs(text):
    """(key, whether it goes on with a list) of each run of pieces"""
    runs, end = [], None
    for match in _RUN.finditer(text):
        is_listed = end is not None and _LIST.fullmatch(text[end : match.start()])
        parts = match[0].split("/") if "-" in match[0] else [match[0]]
        for place, part in enumerate(filter(None, parts)):
            runs.append((_pieces(part), bool(is_listed or place)))
        end = match.end()
    return runs


def _spaced(text):
    """Neighbours that only spaces part, such as "Tower A 501"."""
    runs = list(_RUN.finditer(text))
    found = []
    for first, run in enumerate(runs):
        key, end = _pieces(run[0]), run.end()
        for other in runs[first + 1 : first + 4]:
            if text[end : other.start()].strip():
                break
            key, end = key + _pieces(other[0]), other.end()
            found.append((key, True))
    return found


def says_name(text, name):
    """Whether a text has a name in it: as a whole word, or two Chinese characters."""
    text, name = normal(text), normal(name)
    if not said(name) or len(name) < 2:
        return False
    if name.isascii():
        return bool(re.search(rf"\b{re.escape(name)}\b", text)) and len(name) > 3
    return name in text.replace(" ", "")


def _marked(text):
    """Words such as 棟 and 單元 become dashes between the pieces."""
    text = _NUMERAL.sub(lambda match: str(_count(match[0])), text)
    text = _AFTER_ZHI.sub(lambda match: str(_count(match[0])), text)
    text = _FLOOR.sub("樓", _WORDS.sub("-", text))
    text = _MARKS.sub("-", text)
    return re.sub(r"\s*-[\s-]*", "-", text)


def _count(numeral):
    """十二 is 12."""
    if "十" not in numeral:
        return int("".join(str(_NUMERALS[char]) for char in numeral))
    tens, ones = numeral.split("十", 1)
    return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)


def _pieces(run):
    return tuple(_piece(piece) for piece in _PIECES.findall(run))


def _piece(piece):
    return piece.lstrip("0") or "0"
