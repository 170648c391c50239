from collections import Counter

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.tools import mute_logger


class PropertyCall(models.Model):
    """How customers come on the call list."""

    _inherit = "property.call"

    @api.model
    def _open(self, vals_list):
        """Put customers on the call list, those excepted who stand there already with
        an open call of the same kind in the same community; also when somebody else
        does the same at the same moment.

        :param vals_list: values of calls; ``kind``, ``partner_id``, ``community_id``
            and the like. ``date_due`` is today without one, ``user_id`` as proposed.
        :return: the new calls
        """
        wanted = {}
        for vals in vals_list:
            wanted.setdefault(self._open_key(vals), vals)
        for call in self._open_ones(wanted):
            key = (call.kind, call.partner_id.id, call.community_id.id)
            wanted.pop(key, None)
        rows = [dict(vals) for vals in wanted.values()]
        self._propose_day(rows)
        self._propose_user(rows)
        return self._create_unless_open(rows)

    @staticmethod
    def _open_key(vals):
        return vals.get("kind", "verify"), vals["partner_id"], vals["community_id"]

    def _open_ones(self, keys):
        # sudo: whoever may not see a call must not double it either.
        return self.sudo().search(
            [
                ("state", "=", "open"),
                ("kind", "in", list({key[0] for key in keys})),
                ("partner_id", "in", list({key[1] for key in keys})),
                ("community_id", "in", list({key[2] for key in keys})),
            ]
        )

    def _propose_day(self, vals_list):
        communities = self.env["property.community"].browse(
            {vals["community_id"] for vals in vals_list}
        )
        today = {place.id: place._property_today() for place in communities}
        for vals in vals_list:
            vals.setdefault("date_due", today[vals["community_id"]])

    def _propose_user(self, vals_list):
        """Each call goes to who has the fewest open ones of the customer service of
        the community; without any, to its head."""
        rows = [vals for vals in vals_list if not vals.get("user_id")]
        # sudo: who works there, and how much he has to do, is no secret of a colleague.
        communities = (
            self.env["property.community"]
            .sudo()
            .browse({vals["community_id"] for vals in rows})
        )
        staff = {
            place.id: place.cs_user_ids.filtered("active").ids
            or (place.cs_head_id or place.manager_id).ids
            for place in communities
        }
        load = Counter(
            {
                user.id: count
                for user, count in self.sudo()._read_group(
                    [
                        ("state", "=", "open"),
                        (
                            "user_id",
                            "in",
                            list({u for ids in staff.values() for u in ids}),
                        ),
                    ],
                    ["user_id"],
                    ["__count"],
                )
            }
        )
        for vals in rows:
            users = staff[vals["community_id"]]
            if users:
                vals["user_id"] = min(users, key=lambda user: (load[user], user))
                load[vals["user_id"]] += 1

    def _create_unless_open(self, rows):
        """Somebody else may have opened the same a moment ago, unseen by us: the
        index tells, and then each is tried alone."""
        if not rows:
            return self.browse()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.create(rows)
        except UniqueViolation:
            if len(rows) == 1:
                return self.browse()
        half = len(rows) // 2
        return self._create_unless_open(rows[:half]) | self._create_unless_open(
            rows[half:]
        )
