from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from .bank_judge import Bill, allot, fits

BATCH = 200


class AccountBankStatementLine(models.Model):
    """Matching: the counterpart becomes the customer's receivable, reconciled with his
    bills, the oldest first. Odoo's own undo takes it back."""

    _inherit = "account.bank.statement.line"

    def action_property_confirm(self):
        """Match each line with its suggestion; calling this is the confirmation.

        :raises UserError: for a line without one clear suggestion, or whose bills were
            paid meanwhile
        """
        self._property_check_finance()
        self.check_access("read")
        for line in self:
            if not line.property_match_is_one_click:
                raise UserError(
                    self.env._(
                        "“%(text)s” has no clear suggestion: choose what it pays.",
                        text=line.payment_ref or line.display_name,
                    )
                )
        done = self._property_match([(line, line.property_match_id) for line in self])
        if len(done) < len(self):
            raise UserError(self._property_changed())
        return self._property_told(done)

    @api.model
    def action_property_confirm_certain(self):
        """Match every transfer of the user's communities that is certain."""
        self._property_check_finance()
        lines = self.search(
            self._property_open_domain()
            & Domain("property_match_level", "=", "certain")
        )
        done = self.browse()
        for start in range(0, len(lines), BATCH):
            done |= self._property_match(
                [
                    (line, line.property_match_id)
                    for line in lines[start : start + BATCH]
                    if line.property_match_id.level == "certain"
                ],
                certain=True,
            )
        return self._property_told(done)

    def action_property_suggest(self):
        """Look again what these transfers pay."""
        self._property_check_finance()
        self.check_access("read")
        self.env["property.bank.matcher"]._suggest(self)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_property_choose(self):
        """Let the user choose the bills of one transfer."""
        self.ensure_one()
        self._property_check_finance()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Does It Pay?"),
            "res_model": "property.bank.choose",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def action_property_undo(self):
        """Take a match back by Odoo's own undo."""
        self._property_check_finance()
        self.check_access("read")
        # sudo: Finance matches here without Odoo's rights of an accountant.
        self.sudo().action_undo_reconciliation()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_undo_reconciliation(self):
        """What was undone is not matched again by itself."""
        result = super().action_undo_reconciliation()
        ours = self.filtered("property_bank_community_id")
        ours.with_context(skip_readonly_check=True).write(
            {
                "partner_id": False,
                "property_bank_community_id": False,
                "property_is_undone": True,
            }
        )
        self.env["property.bank.matcher"]._suggest(ours)
        return result

    def _property_told(self, done):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if done else "info",
                "message": self.env._(
                    "%(count)s transfers are matched.", count=len(done)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _property_changed(self):
        return self.env._("Bills of this transfer were paid or changed: look again.")

    @api.model
    def _property_match(self, pairs, certain=False):
        """Match lines with suggestions.

        :param certain: only those that are certain still
        :return: the lines that are matched; the others are looked up anew
        """
        # sudo: suggestions are read by their rules before; items are the ledger's.
        orders = [
            (line, match.partner_id, match.community_id, match.sudo().item_ids)
            for line, match in pairs
        ]
        exact = {
            line.id
            for line, match in pairs
            if certain and match.sudo().item_ids and match.level == "certain"
        }
        return self._property_settle(orders, exact)

    @api.private
    @api.model
    def _property_settle(self, orders, exact=()):
        """Turn the suspense lines of transfers into receivables and reconcile them.

        :param orders: (line, customer, community, open items)
        :param exact: ids of lines that are left alone unless they are exactly what is
            open of their items, or of the oldest of these
        :return: the lines that are matched
        """
        lines = self.union(*(order[0] for order in orders)).sudo()
        items = self.env["account.move.line"].sudo()
        items = items.union(*(order[3] for order in orders))
        held = lines.try_lock_for_update()
        # "Paid?" is asked again, with the bills locked.
        items.move_id.lock_for_update()
        (lines.move_id.line_ids | items).invalidate_recordset()
        left = {
            item: item.amount_residual_currency
            for item in items
            if item.parent_state == "posted" and not item.reconciled
        }
        plan, done = [], lines.browse()
        for line, partner, community, wanted in orders:
            line, is_exact = line.sudo(), line.id in exact
            if line in held and line._property_is_open():
                pairs = line._property_parts(wanted, left, is_exact)
                if pairs is not None:
                    plan += line._property_rewrite(partner, community, *pairs)
                    done += line
        items._reconcile_plan(plan)
        done.property_match_ids.unlink()
        self.env["property.bank.matcher"]._suggest(lines - done)
        return done.with_env(self.env)

    def _property_is_open(self):
        """Whether nothing but Odoo's suspense line stands against the bank account."""
        _liquidity, suspense, others = self._seek_for_lines()
        return len(suspense) == 1 and not others and not self.is_reconciled

    def _property_parts(self, wanted, left, is_exact):
        """Which items get how much of the line, and what is over; None to leave it."""
        items = wanted.sudo().filtered(
            lambda item: left.get(item, 0) > 0 and item.currency_id == self.currency_id
        )
        items = items.sorted(lambda item: (item.date_maturity or item.date, item.id))
        bills = [
            Bill(item.id, item.move_id.id, None, 0, 0, item.date, left[item])
            for item in items
        ]
        if is_exact and fits(bills, self.amount) not in ("equal", "oldest"):
            return None
        if wanted and not items:
            return None
        digits = self.currency_id.decimal_places
        shares, rest = allot([left[item] for item in items], self.amount, digits)
        parts = [part for part in zip(items, shares, strict=True) if part[1]]
        for item, share in parts:
            left[item] = round(left[item] - share, digits)
        return parts, rest

    def _property_rewrite(self, partner, community, parts, rest):
        """The entry with one counterpart for each customer and account.

        :return: what is to be reconciled: a counterpart with its items, each
        """
        sums, sets = {}, {}
        for item, share in parts:
            key = (item.move_id.commercial_partner_id or partner, item.account_id)
            sums[key] = sums.get(key, 0.0) + share
            sets[key] = sets.get(key, item.browse()) | item
        if rest:
            there = partner.with_company(self.company_id).commercial_partner_id
            own = (there, there.property_account_receivable_id)
            receivable = [
                key
                for key in sums
                if key[0] == there and key[1].account_type == "asset_receivable"
            ]
            key = receivable[0] if receivable else own
            sums[key] = sums.get(key, 0.0) + rest
        liquidity, suspense, _others = self._seek_for_lines()
        customers = {key[0] for key in sums}
        payer = customers.pop() if len(customers) == 1 else partner
        here = self.with_context(
            skip_account_move_synchronization=True,
            skip_readonly_check=True,
            force_delete=True,
        )
        here.write(
            {
                "partner_id": payer.id,
                "property_bank_community_id": community.id,
                "property_is_undone": False,
            }
        )
        commands = [Command.update(liquidity.id, {"partner_id": payer.id})]
        commands += self._property_commands(suspense, sums)
        here.move_id.write({"partner_id": payer.id, "line_ids": commands})
        counterparts = self.move_id.line_ids - liquidity
        return [
            counterpart | sets[counterpart.partner_id, counterpart.account_id]
            for counterpart in counterparts
            if (counterpart.partner_id, counterpart.account_id) in sets
        ]

    def _property_commands(self, suspense, sums):
        """The suspense line becomes the first counterpart, the others come beside it;
        the last one takes what rounding leaves in company currency."""
        commands, whole = [], -suspense.balance
        left = whole
        for place, ((partner, account), amount) in enumerate(sums.items(), start=1):
            share = self.company_id.currency_id.round(whole * amount / self.amount)
            share = left if place == len(sums) else share
            left -= share
            vals = {
                "partner_id": partner.id,
                "account_id": account.id,
                "amount_currency": -amount,
                "balance": -share,
            }
            if place == 1:
                alone = len(sums) == 1
                keep = ("partner_id", "account_id")
                own = {name: vals[name] for name in keep} if alone else vals
                commands.append(Command.update(suspense.id, own))
            else:
                more = {"name": suspense.name, "currency_id": suspense.currency_id.id}
                commands.append(Command.create(vals | more))
        return commands
