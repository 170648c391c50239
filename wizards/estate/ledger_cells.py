"""What the cells of an owner ledger mean.

Pure. A reader returns None for an empty cell and raises ``Unreadable`` for one that
cannot be understood; it never guesses.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from .ledger_headers import header_key, plain

# The first two words, traditional and simplified, are what the template offers.
UNIT_TYPES = {
    "residential": "住宅 住宅 住房 公寓 residential apartment house",
    "shop": "商鋪 商铺 店鋪 店铺 店面 商業 商业 門面 门面 shop retail store",
    "parking": "車位 车位 停車位 停车位 車庫 车库 parking parkingspace garage",
    "office": "辦公 办公 辦公室 办公室 寫字樓 写字楼 office",
}
STATUSES = {
    "unsold": "未售 未售 未售出 待售 unsold",
    "undelivered": "未交付 未交付 未交房 未交樓 未交楼 undelivered nothandedover",
    "delivered_vacant": "空置 空置 已交付空置 未入住 vacant deliveredvacant",
    "decorating": "裝修中 装修中 裝修 装修 裝潢中 decorating renovation renovating",
    "owner_occupied": "自住 自住 業主自住 业主自住 已入住 入住 owneroccupied occupied",
    "leased": "出租 出租 出租中 已出租 租賃 租赁 leased let rented",
}
# Beyond these a figure is a slip of the pen, and some would not fit the database.
AMOUNT_LIMIT = Decimal(10) ** 12
AREA_MOST = 1_000_000  # m²
MONTHS_MOST = 600
YEARS = range(1950, 2101)
ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(
    r"(?:(?:19|20)\d\d|民國\d{2,3}|民国\d{2,3})"
    r"(?:年\d{1,2}月(?:份|底|末)?|[-/.]\d{1,2}|(?<=\d{4})\d\d)"
)
_YEAR_MONTH = re.compile(r"(\d{4}|民.\d{2,3})\D*(\d{1,2})")
_DAY = re.compile(
    r"((?:19|20)\d\d|民[國国]\d{2,3})"
    r"(?:年(\d{1,2})月(\d{1,2})[日號号]?|([-/.])(\d{1,2})\4(\d{1,2}))"
    r"(?: \d{1,2}:\d\d(?::\d\d)?)?"
)
_AREA_UNIT = re.compile(
    r"(m2|平方米|平方公尺|平方|平米|sqm|sq\.? ?m\.?)$", re.IGNORECASE
)


class Unreadable(ValueError):
    """A cell that is filled but cannot be understood."""


class OutOfRange(Unreadable):
    """A cell that can be read, but what it says cannot be."""


def _words(table):
    return {
        header_key(word): key
        for key, words in table.items()
        for word in (*words.split(), key)
    }


_TYPE_WORDS = _words(UNIT_TYPES)
_STATUS_WORDS = _words(STATUSES)


def read_unit_type(value):
    return _read_word(value, _TYPE_WORDS)


def read_status(value):
    return _read_word(value, _STATUS_WORDS)


def _read_word(value, words):
    key = header_key(value)
    if not key:
        return None
    if key not in words:
        raise Unreadable(plain(value))
    return words[key]


def read_text(value):
    """Text, with whole numbers as they are seen in the sheet (room 101, not 101.0)."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(value) or None


def read_number(value, unit=None):
    """A decimal number; thousands separators and the pattern ``unit`` may follow."""
    text = plain(value)
    if not text:
        return None
    if isinstance(value, (bool, date)):
        raise Unreadable(text)
    bare = re.sub(r"^[¥$€]|NT\$|元$", "", unit.sub("", text) if unit else text).strip()
    if not re.fullmatch(
        r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?(e[-+]?\d+)?", bare, re.I
    ):
        raise Unreadable(text)
    try:
        number = Decimal(bare.replace(",", ""))
    except InvalidOperation:
        raise Unreadable(text) from None
    if abs(number) >= AMOUNT_LIMIT:
        raise OutOfRange(text)
    return number


def read_area(value):
    """Square metres; never negative, at most ``AREA_MOST``."""
    area = read_number(value, _AREA_UNIT)
    if area is not None and area < 0:
        raise Unreadable(plain(value))
    if area is not None and area > AREA_MOST:
        raise OutOfRange(plain(value))
    return area


def read_price(value):
    """Money per square metre and month; "2.8元/㎡" is 2.8."""
    price = read_number(value, re.compile(r"元?/.*$"))
    if price is not None and price < 0:
        raise Unreadable(plain(value))
    return price


def read_count(value):
    """A whole number that is not negative, such as months; "7個月" is one."""
    number = read_number(value, re.compile(r"(個月|个月|月|months?)$", re.IGNORECASE))
    if number is None:
        return None
    if number < 0 or number != int(number):
        raise Unreadable(plain(value))
    if number > MONTHS_MOST:
        raise OutOfRange(plain(value))
    return int(number)


def _year(text):
    """2026, or 民國115 of the Taiwanese calendar."""
    return int(text) if text.isdigit() else int(text[2:]) + 1911


def _day(year, month, day, text):
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable(text) from None
    return _in_range(found, text)


def _in_range(day, text):
    if day.year not in YEARS:
        raise OutOfRange(text)
    return day


def read_date(value):
    """A day, as a date cell or written 2024/03/15, 2024年3月15日, 2024-03-15."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _in_range(value, str(value))
    text = plain(value)
    if not text:
        return None
    match = _DAY.fullmatch(text) or _DAY.fullmatch(text.replace(" ", ""))
    if not match:
        raise Unreadable(text)
    year, month, day, _mark, month2, day2 = match.groups()
    return _day(_year(year), int(month or month2), int(day or day2), text)


def read_month(value):
    """The first day of a month, as a date cell or written 2026-09, 2026年9月."""
    if isinstance(value, date):
        return _in_range(date(value.year, value.month, 1), f"{value:%Y-%m}")
    text = read_text(value)
    if not text:
        return None
    bare = text.replace(" ", "")
    if _MONTH.fullmatch(bare):
        year, month = _YEAR_MONTH.match(bare).groups()
        return _day(_year(year), int(month), 1, text)
    match = re.fullmatch(r"([a-z]{3,9})\.?,? ?((?:19|20)\d\d)", text, re.IGNORECASE)
    if match and match[1][:3].lower() in ENGLISH_MONTHS:
        month = ENGLISH_MONTHS.index(match[1][:3].lower()) + 1
        return _day(int(match[2]), month, 1, text)
    return read_date(value).replace(day=1)


def read_phones(value):
    """The numbers of a cell, digits only, without a leading 86 or 886.

    :return: a tuple in the order of the cell
    """
    text = (
        read_text(value.replace("\n", "/") if isinstance(value, str) else value) or ""
    )
    numbers = []
    for part in re.split(r"[/,;、|]|(?<=\d) +(?=1[3-9]\d{9}\b)|和|或", text):
        digits = phone_key(part)
        if len(digits) >= 5 and digits not in numbers:
            numbers.append(digits)
    if text and not numbers:
        raise Unreadable(text)
    return tuple(numbers)


def phone_key(number):
    """A number reduced to what makes two spellings of it equal."""
    digits = re.sub(r"\D", "", number or "")
    digits = re.sub(r"^00", "", digits)
    if len(digits) == 13 and digits.startswith("861"):
        return digits[2:]
    if len(digits) in (11, 12) and digits.startswith("886"):
        return "0" + digits[3:]
    return digits


def title_month(cells):
    """The month a title row names, such as 截至 2026年9月 or "As of 2026-09"."""
    for cell in cells:
        text = plain(cell).replace(" ", "")
        match = _MONTH.search(text)
        if match and re.search(r"截至|截止|asof|asat|until", text, re.IGNORECASE):
            try:
                return read_month(match[0])
            except Unreadable:
                continue
    return None
