"""Sums in words, as they stand on notices and receipts. Pure: no record."""

import cn2an

TRADITIONAL = str.maketrans("贰叁陆万亿负", "貳參陸萬億負")
CURRENCIES = {
    "CNY": ("人民币", "人民幣"),
    "TWD": ("新台币", "新臺幣"),
}


def is_traditional(lang):
    """Whether a language code is written with traditional characters."""
    return lang in ("zh_TW", "zh_HK")


def chinese_capitals(amount, lang="zh_CN", currency=""):
    """An amount in Chinese financial capitals, to the cent: 壹仟貳佰元伍角整 style.

    The words for the currency stand in front where they are customary (CNY, TWD).
    """
    words = cn2an.an2cn(f"{abs(amount):.2f}", "rmb")
    if amount < 0:
        words = f"负{words}"
    traditional = is_traditional(lang)
    if traditional:
        words = words.translate(TRADITIONAL)
    return CURRENCIES.get(currency, ("", ""))[traditional] + words
