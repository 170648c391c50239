"""Who lives where in the demo. All persons and firms are invented."""

import base64
import io
from datetime import date

from openpyxl import Workbook

from odoo.tools import date_utils, file_open

from ..models.estate.dates import months_between

ITEMS = (
    (
        "PF",
        {"en_US": "Property Fee", "zh_TW": "物業費", "zh_CN": "物业费"},
        "area",
        {"vacancy_eligible": True},
    ),
    (
        "EN",
        {"en_US": "Energy Fee", "zh_TW": "能源費", "zh_CN": "能源费"},
        "meter",
        {"quantity_unit": "kWh"},
    ),
    (
        "SU",
        {"en_US": "Shared Utilities", "zh_TW": "公攤水電", "zh_CN": "公摊水电"},
        "apportioned",
        {"quantity_unit": "m²"},
    ),
    (
        "PK",
        {"en_US": "Parking", "zh_TW": "停車費", "zh_CN": "停车费"},
        "fixed",
        {},
    ),
)

LAKESIDE = {
    "name": "湖畔名苑",
    "code": "LSC",
    "stage": "settled",
    "due_day": 10,
    "payment_place": "湖畔名苑服務中心一樓櫃台（每日 8:30–18:00）",
    "service_phone": "0755-5550 1801",
    "developer": "湖畔置業有限公司",
}
CLOUDHILL = {
    "name": "雲山府二期",
    "code": "YSF",
    "stage": "phased_handover",
    "is_remote": True,
    "due_day": 15,
    "payment_place": "雲山府服務中心（售樓處旁）",
    "service_phone": "0755-5550 1802",
    "developer": "雲山開發建設有限公司",
}
# (item code, price, scope values)
LAKESIDE_RATES = (
    ("PF", 2.8, {"vacancy_factor": 0.7}),
    ("PF", 4.5, {"unit_type": "shop"}),
    ("EN", 0.68, {}),
)
CLOUDHILL_RATES = (
    ("PF", 3.2, {"vacancy_factor": 0.7}),
    ("PK", 120.0, {"unit_type": "parking"}),
    ("PF", 0.0, {"unit_type": "parking"}),
)
# One of so many customers does not pay a month, from the oldest month on.
LAKESIDE_UNPAID = 9
CLOUDHILL_UNPAID = 3
# So many of the last bills are left for the counter and the bank list.
LATER = 12

# A stroke of the pen, 120 pixels wide.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAHgAAAAoAQAAAAAdkQOIAAAA7UlEQVR42r2SMU7DUBBEn3"
    "8iQYEgHQ2SfQJqOnwQijT0uUHS0XIDrkEZCSk2FUcAKZFojQtkg/mPIthR6GG6t6NZaUeb"
    "yJ4C/8+fv/h9sc81wPRnoK4uNZ6oagAegXix89M7bV53flZBezTskxzqOHDMGxgfDPnGtR"
    "bdvM+3TKAMSyASoCbCbQKwIcCGQ8yYAucEKBkRcypoZ6Cp3bzRQh80YEaghTO8gkDMYVnD"
    "MfULYKemhbbeqIEOWJQw+rqHbZRqAlwvAVyrT2nfSGADnGaQzLb3lcBHDmxb9Vmt7IWqbw"
    "MnAnTjvv/kj//jGzqtoIx6CKiWAAAAAElFTkSuQmCC"
)

# What came of the first contacts, the oldest arrears first: (story, words)
ARREARS = (
    ("malicious", {"note": "業主拒開門，稱「要告就去告」"}),
    (
        "hardship",
        {
            "note": "店鋪停業，收入中斷，希望分期",
            "reason": "業主經營的店鋪六月停業，出示註銷登記；願意按月分期。",
            "decision": "情況屬實，同意分六期，當月費用另繳。",
        },
    ),
    (
        "dispute",
        {
            "note": "八月電梯停運九天，物業費應當扣減",
            "task": "查明八月電梯停運原因與天數，答覆業主並公告維保計劃。",
        },
    ),
    ("promise_kept", {"note": "忘記繳費，答應週末前到服務中心繳清"}),
    ("promise_broken", {"note": "答應發工資後繳清"}),
    ("wrong_number", {"note": "接電話的人說打錯了"}),
    ("abroad", {"note": "業主在國外探親，回國後繳費"}),
)
WHY_MALICIOUS = (
    "欠費超過一年，最後催繳通知書已掛號寄達且期限已過，無異議、無困難，多次拒絕溝通。"
)

SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾"
GIVEN = ("建宏", "淑芬", "志明", "雅婷", "文彬", "美玲", "俊傑", "怡君", "家豪", "佩珊")
STREETS = ("文昌路", "平安街", "和平路", "建設大道", "解放路")

LEDGER_HEADER = (
    "序號", "樓棟", "房號", "業主姓名", "聯絡電話", "聯絡地址", "建築面積", "房屋性質",
    "入住狀態", "交付日期", "單價(元/㎡·月)", "已繳至", "欠費月數", "欠費金額", "備註",
)  # fmt: skip
# How many months before the ledger's month a room is paid; ahead where negative.
BEHIND = {4: 2, 11: 7, 17: 1, 26: 14, 33: 3, 38: 1}
AHEAD = {2: 6, 9: 12, 21: 3, 30: 5}


def logo():
    with file_open("property_fee_collection/static/description/icon.png", "rb") as icon:
        return base64.b64encode(icon.read())


def person(number):
    """An invented name, the same for the same number."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 7) % len(GIVEN)]


def phone(number):
    return f"1{30 + number % 9}0000{number:04d}"


def address(number):
    return f"{STREETS[number % len(STREETS)]} {17 + number * 3} 號"


def rooms():
    """Two buildings of five floors with four rooms each: (number, building, room)"""
    number = 0
    for building in ("1棟", "2棟"):
        for floor in range(1, 6):
            for room in range(1, 5):
                number += 1
                yield number, building, f"{floor}0{room}"


def ledger_file(as_of):
    """The owner ledger of Lakeside as its Finance keeps it: base64 of a workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "業主台賬"
    sheet.append(["湖畔名苑業主繳費綜合資訊台賬"])
    sheet.append([f"截至 {as_of.year}年{as_of.month}月"])
    sheet.append(LEDGER_HEADER)
    for number, building, room in rooms():
        sheet.append(_ledger_row(number, building, room, as_of))
    sheet.append(["合計"])
    stream = io.BytesIO()
    book.save(stream)
    return base64.b64encode(stream.getvalue())


def bank_file(rows):
    """A bank's list of transfers, base64 of a workbook.

    :param rows: (day, payer, what he wrote, amount)
    """
    book = Workbook()
    sheet = book.active
    sheet.append(["城南商業銀行文昌支行  交易明細"])
    sheet.append(["交易日期", "對方戶名", "附言", "貸方金額", "交易流水號"])
    for number, (day, payer, text, amount) in enumerate(rows, 1):
        sheet.append([day, payer, text, amount, f"CN{day:%Y%m%d}{number:06d}"])
    stream = io.BytesIO()
    book.save(stream)
    return base64.b64encode(stream.getvalue())


def _ledger_row(number, building, room, as_of):
    shop = room.startswith("10") and building == "1棟"
    area = round((62.35, 89.6, 118.42, 143.9)[number % 4] + number * 0.11, 2)
    price = 4.5 if shop else 2.8
    behind = BEHIND.get(number, 0)
    paid = date_utils.subtract(as_of, months=behind)
    paid = date_utils.add(paid.replace(day=1), months=AHEAD.get(number, 0))
    months = max(0, months_between(paid, as_of))
    # An owner of three flats: numbers 5, 6 and 7 are the same person.
    owner = 5 if number in (6, 7) else number
    status = {0: "空置", 1: "出租"}.get(number % 5, "自住")
    return [
        number,
        building,
        room,
        person(owner),
        phone(owner),
        address(owner) if owner % 4 else None,
        area,
        "商鋪" if shop else "住宅",
        status,
        date(2019, 3, 1 + number % 28),
        price,
        f"{paid.year}年{paid.month}月",
        months or None,
        round(area * price * months + 1e-9, 2) or None,
        None,
    ]


def cloudhill_units(first_of_month):
    """Phased handover: (number, building, room, area, status, handover date)"""
    number = 100
    for building in ("A座", "B座"):
        for floor in range(1, 9):
            for room in range(1, 4):
                number += 1
                status = _cloudhill_status(number)
                handover = None
                if status not in ("unsold", "undelivered"):
                    handover = date_utils.subtract(
                        first_of_month, months=2 + number % 3
                    ).replace(day=1 + number % 27)
                area = round(75.5 + room * 21.3 + floor * 0.17, 2)
                yield number, building, f"{floor}0{room}", area, status, handover


def _cloudhill_status(number):
    order = (
        "unsold", "undelivered", "delivered_vacant", "unsold", "decorating",
        "owner_occupied", "undelivered", "delivered_vacant",
    )  # fmt: skip
    return order[number % len(order)]
