"""What the home screen shows to whom. Pure: no record; a card is a question with its
answer behind it. ``now`` of the domains carries uid, today and tonight (UTC)."""

from typing import NamedTuple

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class Card(NamedTuple):
    """``domain``: of ``now``; what is counted is what ``action`` then lists."""

    key: str
    section: str
    roles: tuple  # any of these groups
    title: object
    model: str
    action: str
    domain: object
    level: str = "info"  # danger: late; warning: somebody waits; info: work
    amount: str = ""  # field that is summed, in the company's currency


CS, HEAD, FINANCE = ("group_cs",), ("group_cs_head",), ("group_finance",)
MANAGER, COMPANY = ("group_manager",), ("group_company",)
LEADERS = HEAD + MANAGER
NOT_CLOSED = ("state", "!=", "closed")
PAST = 30  # days for which a report counts as news


DECISIONS = (
    Card(
        "malicious", "decisions", MANAGER,
        _lt("More than a year unpaid: malicious or not?"),
        "property.collection.case", "property_collection_case",
        lambda now: [
            NOT_CLOSED,
            ("months_unpaid", ">", 12),
            ("is_malicious", "=", False),
            ("malicious_reason", "=", False),
        ],
        "warning",
    ),
    Card(
        "legal", "decisions", MANAGER,
        _lt("Proposals to go to law"),
        "property.legal.case", "property_legal_case",
        lambda now: [("stage", "=", "proposed")],
        "warning",
    ),
    Card(
        "workplace", "decisions", MANAGER,
        _lt("Visits at the workplace to approve"),
        "property.visit", "property_visit",
        lambda now: [("state", "=", "to_approve")],
        "warning",
    ),
    Card(
        "hardship_company", "decisions", COMPANY,
        _lt("Plans and waivers for hardship to decide"),
        "property.plan", "property_plan",
        lambda now: [("state", "=", "proposed")],
        "warning",
    ),
    Card(
        "difference", "decisions", MANAGER,
        _lt("Cash that differs from the receipts: approve or not?"),
        "property.cash.handover", "property_cash_handover",
        lambda now: [
            ("state", "=", "handed"),
            ("difference_reason", "!=", False),
            ("approved_by", "=", False),
        ],
        "warning",
    ),
    Card(
        "cash_over", "decisions", MANAGER + FINANCE,
        _lt("Receipts in cash over the limit or held too long"),
        "property.takings", "property_takings",
        lambda now: now.cash_over,
        "danger",
        "amount_held",
    ),
    Card(
        "kpi_failed", "decisions", MANAGER,
        _lt("KPI workbooks that could not be mailed"),
        "property.kpi.mail", "property_kpi_mail",
        lambda now: [("state", "=", "failed")],
        "danger",
    ),
    Card(
        "final_reported", "decisions", MANAGER,
        _lt("Final notices reported in the last 30 days"),
        "property.collection.case", "property_collection_case",
        lambda now: [
            NOT_CLOSED,
            (
                "report_ids",
                "any",
                [
                    ("report_to", "=", "manager"),
                    ("step_id.malicious_only", "=", False),
                    ("date", ">=", now.day(-PAST)),
                ],
            ),
        ],
    ),
    Card(
        "hardship", "decisions", LEADERS,
        _lt("Customers in hardship, nothing proposed to the company yet"),
        "property.collection.case", "property_collection_case",
        lambda now: [
            ("state", "in", ("open", "held")),
            ("reason", "=", "hardship"),
            ("plan_ids", "=", False),
        ],
    ),
    Card(
        "limitation", "decisions", LEADERS,
        _lt("Charges that become statute-barred within 30 days"),
        "property.limitation", "property_limitation",
        lambda now: [
            ("amount_residual", ">", 0),
            ("is_expired", "=", False),
            ("date", "<=", now.day(30)),
        ],
        "danger",
    ),
)  # fmt: skip

TEAM = (
    Card(
        "run_cs", "team", HEAD,
        _lt("Billing runs for you to sign"),
        "property.billing.run", "property_billing_run",
        lambda now: [("state", "=", "computed"), ("cs_signed_by", "=", False)],
        "warning",
    ),
    Card(
        "statement_cs", "team", HEAD,
        _lt("Arrears statements for you to sign"),
        "property.arrears.statement", "property_arrears_statement",
        lambda now: [("state", "=", "draft"), ("as_of", "<", now.today)],
        "warning",
    ),
    Card(
        "close_cs", "team", HEAD,
        _lt("Month ends for you to sign"),
        "property.period.close", "property_period_close",
        lambda now: [("state", "=", "draft"), ("cs_signed_by", "=", False)],
        "warning",
    ),
    Card(
        "vacancy", "team", LEADERS,
        _lt("Vacancies to approve"),
        "property.vacancy", "property_vacancy",
        lambda now: [("state", "=", "draft")],
        "warning",
    ),
    Card(
        "dispute_late", "team", LEADERS,
        _lt("Disputes past their deadline"),
        "property.dispute", "property_dispute",
        lambda now: [("state", "=", "open"), ("deadline", "<", now.today)],
        "danger",
    ),
    Card(
        "improvement_late", "team", LEADERS,
        _lt("Improvement tasks past their deadline"),
        "property.improvement", "property_improvement",
        lambda now: [("state", "=", "open"), ("deadline", "<", now.today)],
        "danger",
    ),
    Card(
        "final_confirm", "team", HEAD,
        _lt("Final notices to confirm: no earlier notice was delivered"),
        "property.arrears.line", "property_arrears_line",
        lambda now: [
            ("skip_reason", "=", "final_unconfirmed"),
            ("notice_id", "=", False),
        ],
        "warning",
    ),
    Card(
        "notice_failed", "team", LEADERS,
        _lt("Notices that could not be issued"),
        "property.notice", "property_notice",
        lambda now: [("state", "=", "draft"), ("issue_error", "!=", False)],
        "danger",
    ),
    Card(
        "team_unassigned", "team", LEADERS,
        _lt("Cases without a collector"),
        "property.collection.case", "property_worklist",
        lambda now: [NOT_CLOSED, ("user_id", "=", False)],
        "warning",
    ),
    Card(
        "team_calls", "team", LEADERS,
        _lt("Calls due that nobody is to make"),
        "property.call", "property_call",
        lambda now: [
            ("state", "=", "open"),
            ("date_due", "<=", now.today),
            ("user_id", "=", False),
        ],
        "warning",
    ),
    Card(
        "team_load", "team", LEADERS,
        _lt("Cases of the team to work on today"),
        "property.collection.case", "property_worklist",
        lambda now: [
            NOT_CLOSED,
            ("next_action_date", "<=", now.today),
            ("user_id", "!=", False),
        ],
    ),
)  # fmt: skip
