from odoo import fields, models


class PropertyFigure(models.Model):
    """Arrears, and what became of them."""

    _inherit = "property.figure"

    arrears_opening = fields.Monetary(
        "Opening Arrears",
        readonly=True,
        help="Open from earlier months when the month began, due or not, less credit "
        "notes open then; as the owner payment ledger says, disputed sums included.",
    )
    arrears_recovered = fields.Monetary(
        "Recovered",
        readonly=True,
        help="Money of the month applied to the opening arrears. Collector and reason "
        "are those of the customer's case.",
    )
    recovery_rate = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Recovered ÷ opening arrears. Of several months: ratio of the sums.",
    )
    arrears_closing = fields.Monetary(
        "Arrears",
        readonly=True,
        aggregator="avg",
        help="Due and open at the end of the month, disputed sums included; as the "
        "arrears statement says. Over several months: the mean per month.",
    )
    households_in_arrears = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Units with something due and open at the end of the month, counted for "
        "each customer who owes it. Over several months: the mean per month.",
    )
    arrears_per_household = fields.Monetary(
        readonly=True,
        aggregator="avg",
        help="Arrears ÷ households in arrears at the end of the month.",
    )
    age_1 = fields.Monetary(
        "1 Month",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: due in the month. Months since the due date are calendar "
        "months, the month of the due date is the first. Over several months: the "
        "mean.",
    )
    age_2_3 = fields.Monetary(
        "2–3 Months",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: due in the two months before. Over several months: the "
        "mean.",
    )
    age_4_6 = fields.Monetary(
        "4–6 Months",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: in the fourth to sixth month. Over several months: the "
        "mean.",
    )
    age_7_12 = fields.Monetary(
        "7–12 Months",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: in the seventh to twelfth month. Over several months: "
        "the mean.",
    )
    age_1_2y = fields.Monetary(
        "1–2 Years",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: in the 13th to 24th month. Over several months: the "
        "mean.",
    )
    age_2_3y = fields.Monetary(
        "2–3 Years",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: in the 25th to 36th month. Over several months: the "
        "mean.",
    )
    age_over_3y = fields.Monetary(
        "Over 3 Years",
        readonly=True,
        aggregator="avg",
        help="Of the arrears: after the 36th month. Over several months: the mean.",
    )
    promises_due = fields.Integer(
        readonly=True,
        help="Promises to pay by a day of the month, up to today; cancelled ones left "
        "out.",
    )
    promises_kept = fields.Integer(
        readonly=True, help="Of the promises due those kept."
    )
    promises_rate = fields.Float(
        "Promises Kept Rate",
        readonly=True,
        aggregator="avg",
        help="Promises kept ÷ promises due.",
    )
    contacts = fields.Integer(
        readonly=True, help="Contacts of the month, void ones left out."
    )
    cases_open = fields.Integer(
        "Open Cases",
        readonly=True,
        aggregator="avg",
        help="Cases open at the end of the month. Over several months: the mean per "
        "month.",
    )
    moments_done = fields.Integer(
        readonly=True, help="Special moments completed in the month."
    )
    moments_recovered = fields.Monetary(
        "Settled at Moments",
        readonly=True,
        help="What customers settled at special moments completed in the month.",
    )
