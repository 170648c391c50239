"""The columns of the arrears statement on paper and in the workbook (procedure,
section 3). Pure: no record.

A column is a field of the line and how it is written: text, long (a wide text), money,
count, month or date.
"""

FROZEN = 2  # units and customer stay in sight
AGES = (
    "age_0",
    "age_1",
    "age_2_3",
    "age_4_6",
    "age_7_12",
    "age_1y",
    "age_2y",
    "age_3y",
    "credits",
)
COLUMNS = (
    ("unit_names", "text"),
    ("partner_name", "text"),
    ("opening_current_year", "money"),
    ("opening_earlier", "money"),
    ("billed", "money"),
    ("received_current", "money"),
    ("received_earlier", "money"),
    ("adjusted", "money"),
    ("adjusted_backdated", "money"),
    ("closing", "money"),
    ("date_from", "month"),
    ("date_to", "month"),
    ("months_unpaid", "count"),
    *((name, "money") for name in AGES),
    ("amount_due", "money"),
    ("amount_disputed", "money"),
    ("unallocated", "money"),
    ("ledger", "money"),
    ("difference", "money"),
    ("reason", "text"),
    ("step_id", "text"),
    ("last_notice_name", "text"),
    ("last_notice_date", "date"),
    ("promise_date", "date"),
    ("promise_amount", "money"),
    ("user_id", "text"),
    ("action_text", "long"),
)
# closing is a formula of the workbook, so that whoever reads it can follow.
FORMULAS = {
    "closing": (
        ("opening_current_year", "opening_earlier", "billed", "adjusted"),
        ("received_current", "received_earlier"),
    ),
    "difference": (("ledger",), ("closing",)),
}
