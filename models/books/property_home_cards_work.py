"""Cards of those who take the money: Finance, and customer service. Pure: no record."""

from odoo.tools import LazyTranslate

from .property_home_cards import CS, DECISIONS, FINANCE, NOT_CLOSED, TEAM, Card

_lt = LazyTranslate(__name__)

FINANCES = (
    Card(
        "handover", "finance", FINANCE,
        _lt("Cash handovers to count and confirm"),
        "property.cash.handover", "property_cash_handover",
        lambda now: [("state", "=", "handed")],
        "warning",
        "amount_total",
    ),
    Card(
        "run_finance", "finance", FINANCE,
        _lt("Billing runs for Finance to sign"),
        "property.billing.run", "property_billing_run",
        lambda now: [("state", "=", "computed"), ("finance_signed_by", "=", False)],
        "warning",
    ),
    Card(
        "run_invoice", "finance", FINANCE,
        _lt("Signed billing runs to invoice"),
        "property.billing.run", "property_billing_run",
        lambda now: [("state", "=", "signed")],
    ),
    Card(
        "run_error", "finance", FINANCE,
        _lt("Charges that could not be invoiced"),
        "property.charge", "property_charge",
        lambda now: [("invoice_error", "!=", False), ("move_id", "=", False)],
        "danger",
    ),
    Card(
        "close_finance", "finance", FINANCE,
        _lt("Month ends for Finance to sign"),
        "property.period.close", "property_period_close",
        lambda now: [("state", "=", "draft"), ("finance_signed_by", "=", False)],
        "warning",
    ),
    Card(
        "close_difference", "finance", FINANCE,
        _lt("Month ends that differ from the general ledger"),
        "property.period.close", "property_period_close",
        lambda now: [("state", "=", "draft"), ("difference_count", ">", 0)],
        "danger",
    ),
    Card(
        "bank_open", "finance", FINANCE,
        _lt("Bank transfers not matched"),
        "account.bank.statement.line", "property_bank_transfer",
        lambda now: [("amount", ">", 0), ("is_reconciled", "=", False)],
    ),
    Card(
        "statement_difference", "finance", FINANCE,
        _lt("Arrears statements that differ from the ledger"),
        "property.arrears.statement", "property_arrears_statement",
        lambda now: [("difference_count", ">", 0)],
        "danger",
    ),
    Card(
        "prepaid_release", "finance", FINANCE,
        _lt("Months paid ahead to release"),
        "property.prepayment.line", "property_prepayment_line",
        lambda now: [
            ("move_id", "=", False),
            ("month", "<=", now.today),
            ("prepayment_id.state", "in", ("running", "cancelled")),
        ],
    ),
    Card(
        "prepaid_unpaid", "finance", FINANCE,
        _lt("Prepayments running that are not paid"),
        "property.prepayment", "property_prepayment",
        lambda now: [
            ("state", "=", "running"),
            ("date_from", "<=", now.today),
            ("move_id.payment_state", "in", ("not_paid", "partial")),
        ],
    ),
    Card(
        "dispute_credit", "finance", FINANCE,
        _lt("Disputes found right, to be credited"),
        "property.dispute", "property_dispute",
        lambda now: [("state", "=", "upheld"), ("amount_held", ">", 0)],
        "warning",
    ),
    Card(
        "deposit_refund", "finance", FINANCE,
        _lt("Deposits to pay back"),
        "property.deposit", "property_deposit",
        lambda now: [("state", "=", "held"), ("is_to_refund", "=", True)],
        "warning",
        "amount",
    ),
    Card(
        "deposit_post", "finance", FINANCE,
        _lt("Deposits to post"),
        "property.deposit", "property_deposit",
        lambda now: [("state", "=", "draft")],
    ),
)  # fmt: skip

DAY = (
    Card(
        "cash", "day", CS + FINANCE,
        _lt("Receipts whose cash you still hold"),
        "property.takings", "property_takings",
        lambda now: [("state", "=", "held"), ("user_id", "=", now.uid)],
        "warning",
        "amount_held",
    ),
    Card(
        "promise", "day", CS,
        _lt("Promises due today"),
        "property.promise", "property_promise",
        lambda now: [
            ("state", "=", "open"),
            ("date", "<=", now.today),
            ("case_id.user_id", "=", now.uid),
        ],
        "danger",
        "amount",
    ),
    Card(
        "case", "day", CS,
        _lt("Customers to follow up today"),
        "property.collection.case", "property_worklist",
        lambda now: [
            NOT_CLOSED,
            ("user_id", "=", now.uid),
            ("next_action_date", "<=", now.today),
        ],
    ),
    Card(
        "call", "day", CS,
        _lt("Calls to make today"),
        "property.call", "property_call",
        lambda now: [
            ("state", "=", "open"),
            ("date_due", "<=", now.today),
            ("user_id", "=", now.uid),
        ],
    ),
    Card(
        "visit", "day", CS,
        _lt("Visits to make today"),
        "property.visit", "property_visit",
        lambda now: [
            ("state", "in", ("planned", "approved")),
            ("user_id", "=", now.uid),
            ("date", "<", now.tonight),
        ],
    ),
    Card(
        "appointment", "day", CS,
        _lt("Handover appointments today"),
        "property.moment", "property_handover_counter",
        lambda now: [
            ("batch_id.state", "=", "running"),
            ("date", "=", now.today),
            ("completed_on", "=", False),
            ("state", "!=", "cancelled"),
        ],
    ),
    Card(
        "moment", "day", CS,
        _lt("Moments at the desk, still open"),
        "property.moment", "property_moment",
        lambda now: [
            ("batch_id", "=", False),
            ("state", "=", "open"),
            ("date", "<=", now.today),
        ],
    ),
    Card(
        "deliver", "day", CS,
        _lt("Notices to deliver"),
        "property.notice", "property_notice_deliver",
        lambda now: [("to_deliver", "=", True)],
    ),
    Card(
        "reminder", "day", CS,
        _lt("Reminder campaigns to look over and send"),
        "property.reminder.campaign", "property_reminder_campaign",
        lambda now: [("state", "=", "draft"), ("date_planned", "<=", now.today)],
    ),
    Card(
        "dispute_mine", "day", CS,
        _lt("Disputes for you to answer"),
        "property.dispute", "property_dispute",
        lambda now: [("state", "=", "open"), ("responsible_id", "=", now.uid)],
        "warning",
    ),
    Card(
        "improvement_mine", "day", CS,
        _lt("Improvement tasks of yours"),
        "property.improvement", "property_improvement",
        lambda now: [("state", "=", "open"), ("responsible_id", "=", now.uid)],
    ),
    Card(
        "contact", "day", CS,
        _lt("Units whose owner's phone or address is to be verified"),
        "property.unit", "property_unit",
        lambda now: [
            (
                "owner_id.property_contact_state",
                "in",
                ["stale", "failed", "missing"],
            )
        ],
    ),
)  # fmt: skip

CARDS = {card.key: card for card in (*DECISIONS, *FINANCES, *TEAM, *DAY)}
