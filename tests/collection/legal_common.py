from freezegun import freeze_time

from odoo.fields import Command

from .common import CollectionCommon

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
# 15 February 2027: the charge due on 10 January 2026 is 13 months unpaid.
LATE = "2027-02-15 04:00:00"


class LegalCommon(CollectionCommon):
    """Owner of 101: 100.00 due on 10 January 2026 and 100.00 due on 10 February 2026,
    both unpaid; mainland profile. The final notice is issued and signed for on 5 July
    2026, with fifteen days to pay: 20 July 2026.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.property_jurisdiction = "cn"
        cls.january = cls.make_invoice(cls.owner, 100.0, "2026-01-10", cls.unit)
        cls.february = cls.make_invoice(cls.owner, 100.0, "2026-02-10", cls.unit)
        with freeze_time("2026-07-05 04:00:00"):
            cls.open_cases()
        cls.case = cls.case_of(cls.owner)

    @classmethod
    def letter(cls, kind, day, moves=None, partner=None):
        """An issued notice without its PDF, which takes a second to print."""
        partner = partner or cls.owner
        return (
            cls.env["property.notice"]
            .sudo()
            .create(
                {
                    "kind": kind,
                    "partner_id": partner.id,
                    "partner_name": partner.name,
                    "community_id": cls.community.id,
                    "case_id": cls.case_of(partner).id,
                    "name": f"{kind}-{day}",
                    "date_issued": day,
                    "deadline": day,
                    "state": "issued",
                    "move_ids": [
                        Command.set((moves or cls.january | cls.february).ids)
                    ],
                }
            )
        )

    @classmethod
    def printed(cls, kind, case):
        """An issued notice as the composer writes it and with its frozen PDF."""
        notice = (
            cls.env["property.notice"]
            .sudo()
            .create(
                {
                    "kind": kind,
                    "partner_id": case.partner_id.id,
                    "community_id": case.community_id.id,
                    "currency_id": case.currency_id.id,
                    "case_id": case.id,
                }
            )
        )
        composer = notice.env["property.notice.composer"]
        contents = composer._contents(kind, notice)
        notice._write_contents(contents, notice._numbers())
        notice._freeze()
        return notice

    @classmethod
    def deliver(cls, notice, outcome="acknowledged", **values):
        """Now, at the counter; signed where it was signed for."""
        if outcome == "acknowledged":
            values = {"recipient": "Somebody", "signature": PIXEL, **values}
        return cls.env["property.delivery"].create(
            {
                "notice_id": notice.id,
                "channel": "counter",
                "outcome": outcome,
                **values,
            }
        )

    @classmethod
    def warn(cls):
        """The final notice of 5 July 2026, deadline 20 July, signed for that day."""
        with freeze_time("2026-07-05 04:00:00"):
            final = cls.letter("final", "2026-07-05")
            cls.env.cr.execute(
                "UPDATE property_notice SET deadline = '2026-07-20' WHERE id = %s",
                [final.id],
            )
            final.invalidate_recordset()
            cls.deliver(final)
        return final

    @classmethod
    def proposed(cls):
        """The manager's proposal of 15 February 2027, when all was met; his record."""
        cls.warn()
        cls.lawyer = cls.env["res.partner"].create({"name": "Li, Esq."})
        with freeze_time(LATE):
            cls.refresh()
            cls.env["property.legal.decision"].with_user(cls.user_manager).create(
                {"case_id": cls.case.id, "decision": "malicious", "reason": "Can pay"}
            )
            cls.case.with_user(cls.user_manager).action_propose_legal()
        return cls.case.legal_ids.with_user(cls.user_manager)

    @classmethod
    def refresh(cls):
        """What the scheduled action does in a night."""
        cls.env["property.collection.case"]._refresh_community(cls.community)

    def gate(self, case=None):
        """{key: met}"""
        return {item["key"]: item["met"] for item in (case or self.case)._gate()}
