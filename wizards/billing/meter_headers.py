"""The columns of a sheet of meter readings. Pure: no record."""

from ..estate.ledger_headers import COLUMNS as LEDGER_COLUMNS
from ..estate.ledger_headers import header_key

COLUMNS = {
    "building": LEDGER_COLUMNS["building"],
    "room": LEDGER_COLUMNS["room"],
    "serial": "表號 表号 表編號 表编号 水表號 水表号 電表號 电表号 錶號 儀表編號"
    " 仪表编号 meter meterno meternumber serialno serialnumber meterserial",
    "item": "費用項目 费用项目 收費項目 收费项目 費項 费项 項目 项目 表種 表种 表類型"
    " 表类型 item feeitem fee charge",
    "date": "抄表日期 抄表時間 抄表时间 日期 date readingdate dateread readon",
    "value": "讀數 读数 本次讀數 本次读数 本期讀數 本期读数 本月讀數 本月读数 抄表讀數"
    " 抄表读数 表底 reading value count currentreading currentcount newreading",
    "estimate": "估抄 估算 估計 估计 是否估抄 是否估計 是否估计"
    " estimate estimated isestimate",
}
_ALIASES = {
    header_key(word): name for name, words in COLUMNS.items() for word in words.split()
}


def find_columns(cells):
    """Which column holds what, if ``cells`` is a header row: one that names the reading
    and the meter, by its serial number or its room.

    :return: {field: index}, else empty
    """
    found = {}
    for index, value in enumerate(cells):
        name = _ALIASES.get(header_key(value))
        if name:
            found.setdefault(name, index)
    return found if "value" in found and found.keys() & {"serial", "room"} else {}
