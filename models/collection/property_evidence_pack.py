import hashlib
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)
BATCH = 5
MAKERS = ("group_cs", "group_finance")


class PropertyEvidencePack(models.Model):
    """What proves a claim, in one ZIP: one at once, many in the background."""

    _name = "property.evidence.pack"
    _description = "Evidence Pack"
    _inherit = ["property.guarded", "property.community.bound"]
    _guarded_fields = frozenset(
        (
            "state",
            "attachment_id",
            "sha256",
            "file_count",
            "requested_by",
            "date",
            "error",
            "is_reported",
        )
    )
    _placing_fields = frozenset(("case_id", "legal_case_id"))
    _order = "id desc"
    _rec_name = "case_id"

    case_id = fields.Many2one(
        "property.collection.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    legal_case_id = fields.Many2one(
        "property.legal.case", readonly=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True)
    community_id = fields.Many2one(
        related="case_id.community_id", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    attachment_id = fields.Many2one(
        "ir.attachment", "ZIP", readonly=True, copy=False, ondelete="restrict"
    )
    sha256 = fields.Char("SHA-256 of the ZIP", readonly=True, copy=False)
    file_count = fields.Integer("Files", readonly=True, copy=False)
    requested_by = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    date = fields.Datetime("Made on", readonly=True, copy=False)
    error = fields.Char(readonly=True, copy=False)
    is_reported = fields.Boolean(readonly=True, copy=False)

    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An evidence pack stays on record."))

    def action_download(self):
        """The ZIP as it was made."""
        self.ensure_one()
        if not self.attachment_id:
            raise UserError(self.env._("The pack is not made yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=1",
            "target": "download",
        }

    def action_retry(self):
        """Try failed packs again, in the background."""
        self._check_maker()
        # sudo: the state is written by methods only; what failed proves nothing yet.
        failed = self.sudo().filtered(lambda pack: pack.state == "failed")
        failed.write({"state": "waiting", "error": False, "is_reported": False})
        self.env.ref("property_fee_collection.cron_evidence_packs")._trigger()
        return True

    @api.model
    def _request(self, cases):
        """Packs for the cases: one at once, several in the background.

        :return: an action: the download, or the list of packs
        :raises AccessError: for other roles than customer service and Finance
        """
        self._check_maker()
        cases.check_access("read")
        active = cases.legal_ids.filtered(lambda legal: legal.stage != "closed")
        legal_of = {legal.case_id: legal.id for legal in active}
        packs = self.create(
            [
                {"case_id": case.id, "legal_case_id": legal_of.get(case)}
                for case in cases
            ]
        )
        if len(packs) == 1:
            # The author has it in his hands: nobody need tell him.
            packs.sudo().is_reported = True
            packs._make()
            return packs.action_download()
        self.env.ref("property_fee_collection.cron_evidence_packs")._trigger()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_fee_collection.action_property_evidence_pack"
        )
        action["domain"] = [("id", "in", packs.ids)]
        return action

    @api.model
    def _check_maker(self):
        if not self.env.su and not self.env.user._has_property_role(*MAKERS):
            raise AccessError(
                self.env._("Only customer service and Finance make evidence packs.")
            )

    def _make(self):
        """Gather, hash, zip and store."""
        for pack in self:
            # sudo: whoever may see a case may prove it, without being an accountant.
            made = pack.sudo().with_context(lang=pack._lang())
            moment = fields.Datetime.now()
            content, count = made._zip(moment)
            attachment = made.env["ir.attachment"].create(
                {
                    "name": made._file_name(),
                    "raw": content,
                    "mimetype": "application/zip",
                    "res_model": self._name,
                    "res_id": pack.id,
                }
            )
            made.write(
                {
                    "state": "done",
                    "attachment_id": attachment.id,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "file_count": count,
                    "date": moment,
                    "error": False,
                }
            )

    def _lang(self):
        """A court reads the language of the company."""
        return self.company_id._property_lang()

    def _try_make(self):
        for pack in self:
            try:
                with self.env.cr.savepoint():
                    pack._make()
            except Exception as error:
                _logger.warning("Evidence pack %s", pack.id, exc_info=True)
                pack.invalidate_recordset()
                # sudo: bookkeeping.
                pack.sudo().write({"state": "failed", "error": str(error)})

    @api.model
    def _cron_evidence_packs(self):
        """Make what is waiting, batch by batch.

        Each batch is a transaction over rows it has locked: several workers share the
        packs, a killed one loses its batch only, a second call finds nothing.
        """
        size = self.env["property.billing.run"]._parameter("evidence_batch", BATCH)
        crons = self.env["ir.cron"]
        self._tell_authors()
        waiting = [("state", "=", "waiting")]
        seconds_left = crons._commit_progress(remaining=self.search_count(waiting))
        while seconds_left:
            todo = self.search(waiting, order="id")
            batch = todo.try_lock_for_update(limit=size)
            batch.invalidate_recordset(["state"])
            batch = batch.filtered(lambda pack: pack.state == "waiting")
            if not batch:
                break
            batch._try_make()
            seconds_left = crons._commit_progress(
                len(batch), remaining=self.search_count(waiting)
            )
        self._tell_authors()
        crons._commit_progress()

    @api.model
    def _tell_authors(self):
        """Whoever asked hears, once, when none of his packs is waiting any more."""
        done = self.search([("state", "!=", "waiting"), ("is_reported", "=", False)])
        done = done.try_lock_for_update()
        done.invalidate_recordset(["is_reported"])
        done = done.filtered(lambda pack: not pack.is_reported)
        busy = {
            user
            for (user,) in self._read_group(
                [("state", "=", "waiting")], ["requested_by"]
            )
        }
        for user, packs in done.grouped("requested_by").items():
            if user in busy:
                continue
            failed = packs.filtered(lambda pack: pack.state == "failed")
            case = packs[0].case_id.with_context(lang=user.lang)
            case.message_notify(
                partner_ids=user.partner_id.ids,
                subject=case.env._("Evidence packs"),
                body=case.env._(
                    "%(done)s evidence packs are ready, %(failed)s failed.",
                    done=len(packs) - len(failed),
                    failed=len(failed),
                ),
            )
            packs.sudo().is_reported = True
