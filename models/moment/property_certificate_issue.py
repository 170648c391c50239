from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from ..estate.texts import said
from .res_company_certificate import SEQUENCE


class PropertyCertificate(models.Model):
    """Issuing: asked once more whether anything is open, numbered, frozen."""

    _inherit = "property.certificate"

    def action_issue(self):
        """Issue draft certificates, on the community's today.

        A clearance certificate needs a nil balance of the unit (procedure, section 4):
        of its bills to this customer and to whoever pays for the unit now nothing is
        open that has fallen due, disputed bills included. Months paid ahead that are
        not paid yet are not owed. The other kinds ask for no balance.

        :raises UserError: names what is open, in the company's currency; for what is
            not a draft; for another certificate without its text
        """
        self.check_access("write")
        self.lock_for_update()
        if any(certificate.state != "draft" for certificate in self):
            raise UserError(self.env._("Only a draft can be issued."))
        clearances = self.filtered(lambda row: row.kind == "clearance")
        reasons = list(filter(None, (row._refusal() for row in clearances)))
        if reasons:
            raise UserError("\n".join(reasons))
        for certificate in self:
            certificate._check_text()
            certificate._issue()
        return True

    def _check_text(self):
        """:raises UserError: where there is nothing to be certified"""
        if self.kind == "other" and not said(self.text):
            raise UserError(self.env._("Say what is certified."))
        if self.kind == "residence" and not self._role():
            raise UserError(
                self.env._(
                    "%(name)s neither owns nor occupies %(unit)s.",
                    name=self.partner_id.name,
                    unit=self.unit_id.display_name,
                )
            )

    def _role(self):
        """Whether the customer owns or occupies the unit today; None for neither."""
        day = self.community_id._property_today()
        # sudo: who may see the unit may see that.
        tenures = self.unit_id.sudo().tenure_ids._valid_on(day)
        return tenures.filtered(lambda row: row.partner_id == self.partner_id)[:1].role

    def _issue(self):
        day = self.community_id._property_today()
        days = self.company_id.property_certificate_days
        expiry = self.date_expiry
        if self.kind == "clearance" and days > 0:
            expiry = day + timedelta(days=days)
        if expiry and expiry < day:
            raise UserError(self.env._("It would have expired already."))
        # sudo: number, PDF and state are written by the system alone.
        here = self.sudo()
        here.write(
            {
                "name": here._next_number(day),
                "partner_name": here.partner_id.name,
                "lang": here._lang(),
                "date": day,
                "date_expiry": expiry,
                "paid_through": here._paid_through(),
                "issued_by": self.env.uid,
            }
        )
        here._freeze()
        here.state = "issued"

    def _lang(self):
        """The customer's language, else the company's."""
        return self.partner_id.lang or self.company_id._property_lang()

    def _next_number(self, day):
        sequences = self.env["ir.sequence"].with_company(self.company_id)
        return sequences.next_by_code(SEQUENCE, sequence_date=day)

    @api.private
    def _cancel(self, reason):
        """Cancel certificates; number and PDF stay on record, the public page says that
        they are cancelled.

        :raises UserError: without a reason
        """
        self.check_access("write")
        if not said(reason):
            raise UserError(self.env._("Say why it is cancelled."))
        if any(certificate.state == "cancelled" for certificate in self):
            raise UserError(self.env._("It is cancelled already."))
        # sudo: the state is written by the system alone.
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})
        return True

    def action_cancel(self):
        """Ask why it is cancelled."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "property.certificate.cancel",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Cancel the Certificate"),
            "context": {"default_certificate_id": self.id},
        }

    def _refusal(self):
        """Why no clearance can be certified, with the amounts; empty where it can."""
        self.ensure_one()
        bills = self._open_bills(self.community_id._property_today())
        if not bills:
            return ""
        lines = [
            self.env._(
                "%(unit)s: %(amount)s is open. A clearance certificate states a nil "
                "balance.",
                unit=self.unit_id.display_name,
                amount=self._money(sum(bill.amount for bill in bills)),
            )
        ]
        return "\n".join([*lines, *map(self._bill_text, bills)])

    def _bill_text(self, bill):
        values = {
            "bill": bill.name,
            "customer": bill.customer,
            "day": bill.day,
            "amount": self._money(bill.amount),
            "disputed": self._money(bill.disputed),
        }
        if bill.disputed:
            return self.env._(
                "%(bill)s of %(customer)s, due on %(day)s: %(amount)s, of which "
                "%(disputed)s is in dispute",
                **values,
            )
        return self.env._(
            "%(bill)s of %(customer)s, due on %(day)s: %(amount)s", **values
        )

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)
