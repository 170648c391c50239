"""The columns of a bank's list of transfers, as banks of both sides of the strait and
English ones name them. Pure."""

from ..estate.ledger_headers import header_key

COLUMNS = {
    "date": "交易日期 交易日 记账日期 記帳日期 記帳日 记账日 入账日期 入帳日期 入賬日期"
    " 帳務日期 账务日期 交易时间 交易時間 日期 時間 时间 date transactiondate"
    " bookingdate postingdate valuedate 起息日",
    "amount": "金额 金額 交易金额 交易金額 发生额 發生額 发生金额 入账金额 入帳金額"
    " amount transactionamount",
    "credit": "贷方金额 貸方金額 贷方发生额 貸方發生額 贷方 貸方 收入 收入金额 收入金額"
    " 存入 存入金额 存入金額 转入金额 轉入金額 credit credits creditamount deposit"
    " deposits paidin moneyin",
    "debit": "借方金额 借方金額 借方发生额 借方發生額 借方 支出 支出金额 支出金額 提出"
    " 提出金額 提款 提款金額 支取 转出金额 轉出金額 debit debits debitamount"
    " withdrawal withdrawals paidout moneyout",
    "side": "借贷标志 借貸標誌 借贷 借貸 收支 收付标志 收付標誌 交易类型 交易類型"
    " 收/支 drcr crdr debitcredit direction",
    "payer": "对方户名 對方戶名 对方名称 對方名稱 对方姓名 對方姓名 对方账户名称"
    " 付款人 付款人名称 付款人名稱 付款人姓名 付款方 付款方名称 匯款人 汇款人"
    " 匯款人姓名 交易对手 交易對手 转出户名 轉出戶名 payer payername counterparty"
    " counterpartyname name remitter sender",
    "account": "对方账号 對方帳號 对方帐号 對方賬號 付款账号 付款人账号 付款帳號"
    " 轉出帳號 转出账号 counterpartyaccount payeraccount account accountnumber",
    "reference": "交易流水号 交易流水號 流水号 流水號 凭证号 憑證號 凭证号码 交易序號"
    " 交易序号 交易编号 交易編號 业务编号 銀行參考號 reference bankreference"
    " transactionid ref 序號編號",
    "text": "附言 交易附言 摘要 摘要说明 备注 備註 備注 用途 说明 說明 交易说明"
    " 交易說明 交易備註 交易摘要 註記 注记 匯款附言 汇款附言 存摺備註 text"
    " description memo"
    " remark remarks details narrative purpose",
    "currency": "币种 幣別 幣種 币别 货币 貨幣 currency",
}
# Several columns of a bank may say something about a transfer.
MANY = frozenset(("text",))
_ALIASES = {
    header_key(word): name for name, words in COLUMNS.items() for word in words.split()
}
IN_WORDS = frozenset(
    "贷 貸 收 收入 存入 入 转入 轉入 进 c cr credit in + 贷方 貸方".split()
)
OUT_WORDS = frozenset("借 付 支 支出 提出 出 转出 轉出 d dr debit out - 借方".split())


def find_columns(cells):
    """Which columns hold what, if ``cells`` is a header row: one with a date and an
    amount.

    :return: {field: list of indexes}, else empty
    """
    found = {}
    for index, value in enumerate(cells):
        name = _ALIASES.get(header_key(value))
        if name and (name in MANY or name not in found):
            found.setdefault(name, []).append(index)
    has_amount = {"amount", "credit"} & found.keys()
    return found if "date" in found and has_amount else {}
