"""The columns of an owner ledger and the words they may have above them.

Pure: no record. Words of both scripts and English; the order of columns is free.
"""

import re
import unicodedata

COLUMNS = {
    "sequence": "序號 序号 no number serial # 項次 项次",
    "building": "樓棟 楼栋 樓號 楼号 棟號 栋号 棟別 栋 棟 樓座 building block tower",
    "room": "房號 房号 室號 室号 戶號 户号 房間號 房间号 門牌 门牌 room unit roomno"
    " unitno roomnumber unitnumber",
    "owner": "業主姓名 业主姓名 業主 业主 姓名 戶主 户主 產權人 产权人 owner ownername"
    " name",
    "phones": "聯絡電話 联络电话 聯繫電話 联系电话 電話 电话 手機 手机 手機號 手机号"
    " 聯絡方式 联系方式 phone phones telephone mobile tel contact phonenumber",
    "address": "聯絡地址 联络地址 聯繫地址 联系地址 通訊地址 通讯地址 地址 address"
    " postaladdress mailingaddress",
    "area": "建築面積 建筑面积 面積 面积 計費面積 计费面积 收費面積 收费面积 area"
    " floorarea",
    "unit_type": "房屋性質 房屋性质 房屋類型 房屋类型 性質 性质 類型 类型 用途 type"
    " unittype use",
    "status": "入住狀態 入住状态 入住情況 入住情况 狀態 状态 使用狀態 使用状态 status"
    " occupancy occupancystatus",
    "handover": "交付日期 交房日期 交付時間 交付时间 交房時間 交房时间 交樓日期"
    " 交楼日期 handover handoverdate deliverydate",
    "price": "單價 单价 收費標準 收费标准 物業費單價 物业费单价 price rate unitprice"
    " monthlyrate",
    "paid_to": "已繳至 已缴至 繳費至 缴费至 已交至 已繳至月份 已缴至月份 paidthrough"
    " paidto paiduntil",
    "months": "欠費月數 欠费月数 欠繳月數 欠缴月数 monthsinarrears monthsunpaid"
    " arrearsmonths unpaidmonths",
    "arrears": "欠費金額 欠费金额 欠費 欠费 欠繳金額 欠缴金额 arrears arrearsamount"
    " amountdue amountinarrears",
    "note": "備註 备注 說明 说明 remarks remark note notes",
}
# What the empty template says, by language; every word is one of those above.
TEMPLATE = {
    "en_US": "Building,Room,Owner,Phone,Address,Area (m²),Type,Status,Handover Date,"
    "Price,Paid Through,Months in Arrears,Arrears Amount,Remarks",
    "zh_TW": "樓棟,房號,業主姓名,聯絡電話,聯絡地址,建築面積,房屋性質,入住狀態,交付日期,"
    "單價(元/㎡·月),已繳至,欠費月數,欠費金額,備註",
    "zh_CN": "楼栋,房号,业主姓名,联系电话,联系地址,建筑面积,房屋性质,入住状态,交付日期,"
    "单价(元/㎡·月),已缴至,欠费月数,欠费金额,备注",
}
REQUIRED = ("room", "area")
TOTAL_WORDS = frozenset(
    "合計 合计 總計 总计 小計 小计 共計 共计 累計 累计 total totals subtotal grandtotal"
    " sum".split()
)
HEADER_ROWS = 50  # a header further down is none


def plain(value):
    """A cell as comparable text: full-width forms and spaces made equal."""
    if value is None:
        return ""
    return " ".join(unicodedata.normalize("NFKC", str(value)).split())


def name_key(value):
    """What two spellings of a building or room have in common: without spaces, and
    capital like small letters."""
    return plain(value).replace(" ", "").casefold()


def header_key(value):
    """A header without spaces, dots and what stands in brackets."""
    bare = re.sub(r"[(\[【].*?[)\]】]", "", plain(value)).lower()
    return re.sub(r"[\s.:*_\-–/]+", "", bare)


_ALIASES = {word: field for field, words in COLUMNS.items() for word in words.split()}


def find_columns(cells):
    """Which column holds what, if ``cells`` is a header row.

    :return: {field: index}; empty when the row has not at least room and area
    """
    found = {}
    for index, value in enumerate(cells):
        field = _ALIASES.get(header_key(value))
        if field:
            found.setdefault(field, index)
    return found if all(field in found for field in REQUIRED) else {}


def is_total(cells):
    """Whether the row adds up others: its first filled cell says so."""
    first = next((cell for cell in cells if plain(cell)), None)
    return header_key(first) in TOTAL_WORDS
