from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, date_utils, split_every

from .contact_state import CYCLE_MONTHS, flush, state_sql

BATCH = 500
# Whoever was looked into in vain, or taken off the list, is left alone so long.
LEFT_ALONE = 1
# How many new calls of this kind one member of the staff gets for a day.
CALLS_A_DAY = 20

# Owners, and occupants who pay, whose data is not to be trusted, the worst first.
TO_VERIFY = """
    WITH theirs AS (
        SELECT DISTINCT t.partner_id
          FROM property_unit_tenure t
          JOIN property_unit u ON u.id = t.unit_id AND u.active
         WHERE t.community_id = %(community)s
           AND (t.role = 'owner' OR t.is_payer)
           AND (t.date_from IS NULL OR t.date_from <= %(today)s)
           AND (t.date_to IS NULL OR t.date_to >= %(today)s)
           AND t.partner_id != %(developer)s
    ), known AS (
        SELECT p.id, %(state)s AS state, coalesce(p.phone, '') = '' AS no_phone,
               least(p.property_phone_verified, p.property_address_verified) AS since,
               p.property_phone_failed IS NOT NULL AS phone_failed
          FROM theirs
          JOIN res_partner p ON p.id = theirs.partner_id AND p.active
    )
    SELECT k.id, k.state, k.no_phone, k.phone_failed, k.since
      FROM known k
     WHERE k.state != 'fresh'
       AND NOT EXISTS (
            SELECT FROM property_call c
             WHERE c.kind = 'verify' AND c.partner_id = k.id
               AND (c.state = 'open' OR c.closed_on > %(left_alone)s))
       AND NOT EXISTS (
            SELECT FROM property_contact_check h
             WHERE h.partner_id = k.id AND h.result = 'nothing'
               AND h.date >= %(left_alone)s::date + 1)
  ORDER BY array_position(ARRAY['failed', 'missing', 'stale'], k.state),
           k.since NULLS FIRST, k.id
"""


class PropertyCommunity(models.Model):
    """Phone and address of the owners are verified again and again (procedure, clause
    5.2)."""

    _inherit = "property.community"

    contact_cycle_months = fields.Integer(
        "Verify Contact Data Every (Months)",
        default=CYCLE_MONTHS,
        required=True,
        tracking=True,
        help="Owners are called when phone or address was not confirmed for so long.",
    )
    owner_count = fields.Integer("Owners", compute="_compute_reach")
    reach_phone = fields.Float(
        "Reachable by Phone",
        compute="_compute_reach",
        help="Owners of delivered units whose phone number is verified ÷ all of them.",
    )
    reach_email = fields.Float("Reachable by E-mail", compute="_compute_reach")
    reach_address = fields.Float("Reachable by Letter", compute="_compute_reach")

    _contact_cycle_positive = models.Constraint(
        "CHECK(contact_cycle_months >= 1)", "The cycle is one month or more."
    )

    def _compute_reach(self):
        shares = {
            community.id: numbers
            for community, *numbers in self.env["property.contact.report"]._read_group(
                [("community_id", "in", self.ids)],
                ["community_id"],
                ["__count", "by_phone:avg", "by_email:avg", "by_address:avg"],
            )
        }
        for community in self:
            (
                community.owner_count,
                community.reach_phone,
                community.reach_email,
                community.reach_address,
            ) = shares.get(community._origin.id, (0, 0.0, 0.0, 0.0))

    @api.model
    def _cron_verify_contacts(self):
        """Put owners on the call list whose contact data is missing, failed or older
        than the cycle of the community.

        A community is a transaction that locks it: several workers share them, and a
        second run finds nobody left.
        """
        # pylint: disable-next=no-search-all
        communities = self.search([], order="id")
        for done, community in enumerate(communities, 1):
            if community.try_lock_for_update():
                community._open_verify_calls()
            left = len(communities) - done
            if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                return

    def _open_verify_calls(self):
        """See ``_cron_verify_contacts``; for one community.

        :return: the calls opened now
        """
        self.ensure_one()
        calls = self.env["property.call"].sudo()
        today = self._property_today()
        rows = self._to_verify(today)
        first, a_day = self._verify_load()
        vals_list = [
            {
                "kind": "verify",
                "partner_id": partner,
                "community_id": self.id,
                "subject": subject,
                "date_due": today + timedelta(days=(first + place) // a_day),
            }
            for place, (partner, subject) in enumerate(rows)
        ]
        opened = calls.browse()
        for piece in split_every(BATCH, vals_list, list):
            opened |= calls._open(piece)
        return opened

    def _verify_load(self):
        """(calls of this kind that wait already, how many are made a day)"""
        waiting = self.env["property.call"].search_count(
            [
                ("kind", "=", "verify"),
                ("state", "=", "open"),
                ("community_id", "=", self.id),
            ]
        )
        return waiting, CALLS_A_DAY * max(1, len(self.cs_user_ids))

    def _to_verify(self, today):
        """[(partner id, what is to be asked)], the worst first."""
        flush(self.env)
        for name in ("property.call", "property.contact.check", "property.unit"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                TO_VERIFY,
                community=self.id,
                today=today,
                developer=self.developer_id.id or 0,
                state=state_sql("p", today),
                left_alone=date_utils.subtract(today, months=LEFT_ALONE),
            )
        )
        texts = {
            ("missing", True): self.env._("Find out the phone number"),
            ("missing", False): self.env._("Ask for the address"),
            ("failed", True): self.env._("Wrong number: find the right one"),
            ("failed", False): self.env._("Mail came back: ask for the address"),
            ("stale", True): self.env._("Ask whether phone and address still hold"),
        }
        return [
            (
                partner,
                texts[
                    state,
                    {"missing": no_phone, "failed": phone_failed}.get(state, True),
                ],
            )
            for partner, state, no_phone, phone_failed, _since in rows
        ]

    def action_open_reach(self):
        """Open who of the owners can be reached, and how."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_contact_report"
        )
        action["domain"] = [("community_id", "=", self.id)]
        action["context"] = {}
        return action
