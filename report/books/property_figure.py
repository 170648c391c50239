from odoo import fields, models

from ...models.collection.property_collection_case import REASONS
from ...models.estate.property_unit import UNIT_TYPES


class PropertyFigure(models.Model):
    """The figures of a month managers steer by (procedure, section 6).

    One row for each month, community and set of what its measures tell apart; what a
    measure does not tell apart is empty. Amounts are company currency. All stands as at
    the end of the month, the running one as of the community's today. Rows are worked
    out in sets, see ``_refresh``, and never written by hand.
    """

    _name = "property.figure"
    _description = "Figures"
    _order = "period desc, community_id, building_id, id"
    _rec_name = "community_id"
    _log_access = False

    period = fields.Date(
        "Month", required=True, readonly=True, help="First day of the month."
    )
    community_id = fields.Many2one(
        "property.community", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    building_id = fields.Many2one(
        "property.building",
        readonly=True,
        ondelete="cascade",
        help="Empty: of no unit, or not told apart by building.",
    )
    unit_type = fields.Selection(UNIT_TYPES, readonly=True)
    fee_item_id = fields.Many2one(
        "property.fee.item",
        readonly=True,
        ondelete="cascade",
        help="Of charges; empty for what no fee item stands behind.",
    )
    collector_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="cascade",
        help="Of arrears and cases: whose case it is; of promises, contacts and "
        "special moments: who took, made or handled them.",
    )
    reason = fields.Selection(
        REASONS, readonly=True, help="Why it is not paid, as the case says."
    )
    channel = fields.Selection(
        lambda self: (
            self.env["property.contact"]
            ._fields["channel"]
            ._description_selection(self.env)
        ),
        readonly=True,
        help="Of contacts; of receipts on arrears the last contact that reached the "
        "customer before, up to 60 days earlier.",
    )

    as_of = fields.Date(
        readonly=True, help="Last day looked at: the end of the month, or today."
    )
    computed_on = fields.Datetime(
        "Worked Out on", readonly=True, help="When these figures were last renewed."
    )

    charged = fields.Monetary(
        "Net Charges",
        readonly=True,
        help="Charges of the month, taxes included, less credit notes and waivers "
        "until its end; with the month's share of what was paid ahead. Charges not yet "
        "invoiced count as they were computed.",
    )
    applied = fields.Monetary(
        readonly=True,
        help="Money applied to the month's charges until its end, the running month "
        "until today, consumed prepayments included.",
    )
    consumed = fields.Monetary(
        "Of Which Paid Ahead",
        readonly=True,
        help="Prepayments consumed in the month, taxes included.",
    )
    collection_rate = fields.Float(
        "Current Collection Rate",
        readonly=True,
        aggregator="avg",
        help="Applied ÷ net charges of the month, as of its end; the running month as "
        "of today. Of several months or communities: ratio of the sums.",
    )
    units_charged = fields.Integer(
        readonly=True,
        help="Units with net charges in the month. Over several months: unit-months.",
    )
    units_paid = fields.Integer(
        "Units Fully Paid",
        readonly=True,
        help="Of the units charged those whose charges of the month are paid in full "
        "at its end.",
    )
    household_rate = fields.Float(
        "Collection Rate by Households",
        readonly=True,
        aggregator="avg",
        help="Units fully paid ÷ units charged.",
    )
    charged_ytd = fields.Monetary(
        "Net Charges of the Year",
        readonly=True,
        help="Charges from January to the end of the month, less credit notes and "
        "waivers until then. Of several months of a year: as of the last one.",
    )
    applied_ytd = fields.Monetary(
        "Applied of the Year",
        readonly=True,
        help="Money applied to them until the end of the month, consumed prepayments "
        "included. Of several months of a year: as of the last one.",
    )
    cumulative_rate = fields.Float(
        "Cumulative Collection Rate",
        readonly=True,
        aggregator="avg",
        help="Applied ÷ net charges from January to the end of the month. Of several "
        "months of a year: as of the last one.",
    )
    prepaid_next = fields.Monetary(
        "Received for Next Year",
        readonly=True,
        help="Money received until the end of the month for months of the next "
        "calendar year: of agreements to pay ahead, and of charges already invoiced.",
    )
    charged_next = fields.Monetary(
        "Charges of Next Year",
        readonly=True,
        help="Expected charges of the next calendar year: the month's net charges by "
        "area and fixed fees, times twelve.",
    )
    prepayment_rate = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Received for next year ÷ expected charges of next year.",
    )
    units_total = fields.Integer(
        "Units",
        readonly=True,
        aggregator="avg",
        help="Parking spaces left out, as of the end of the month. Over several "
        "months: the mean per month.",
    )
    units_delivered = fields.Integer(
        "Units Handed Over",
        readonly=True,
        aggregator="avg",
        help="As of the end of the month. Over several months: the mean per month.",
    )
    units_occupied = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Handed over, and owner-occupied or leased at the end of the month. Over "
        "several months: the mean per month.",
    )
    units_vacant = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Handed over and vacant at the end of the month; units being decorated "
        "are neither. Over several months: the mean per month.",
    )
    occupancy_rate = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Occupied ÷ handed over, as of the end of the month.",
    )
    occupancy_total_rate = fields.Float(
        "Occupancy Rate of All Units",
        readonly=True,
        aggregator="avg",
        help="Occupied ÷ all units, as of the end of the month.",
    )
    vacancy_rate = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Vacant ÷ handed over, as of the end of the month.",
    )

    _month_idx = models.Index("(community_id, period)")
    _period_idx = models.Index("(period)")
