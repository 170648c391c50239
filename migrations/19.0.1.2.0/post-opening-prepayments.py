"""Months that came in paid ahead with an owner ledger become agreements, so that they
are released like all others.

A journal item names its unit in words only. What is not certain is left as it is and
told in the log; the prepayment proof lists it as being of no agreement.
"""

import logging
from collections import defaultdict

from odoo import SUPERUSER_ID, api
from odoo.tools import date_utils

from odoo.addons.property_fee_collection.models.estate.dates import ONE_DAY
from odoo.addons.property_fee_collection.models.estate.rows import update_rows
from odoo.addons.property_fee_collection.models.prepayment import (
    property_prepayment_opening as opening,
)
from odoo.addons.property_fee_collection.wizards.estate.ledger_headers import name_key
from odoo.addons.property_fee_collection.wizards.estate.ledger_work import Advance

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    open_agreements(api.Environment(cr, SUPERUSER_ID, {}))


def open_agreements(env):
    """Make the agreements of all owner ledgers imported so far; twice does no more."""
    entries = env["account.move"].search(
        [
            ("property_ledger_import_id", "!=", False),
            ("move_type", "=", "entry"),
            ("state", "=", "posted"),
        ],
        order="id",
    )
    for entry in entries:
        record = entry.property_ledger_import_id
        items = entry.line_ids.filtered(
            lambda item, account=record.advance_account_id: (
                item.account_id == account
                and item.credit
                and not item.property_prepayment_id
            )
        )
        if items:
            _open_of(record, entry, items)


def _open_of(record, entry, items):
    touched = _released_by_hand(record, entry)
    units = _units_by_name(record)
    endings = _label_endings(record)
    first = record.as_of + ONE_DAY
    openings, of_unit, left = [], {}, []
    for number, item in enumerate(items, 1):
        unit = units.get(_unit_key(item.name, endings))
        if (
            not unit
            or unit.id in of_unit
            or item.matched_debit_ids
            or not touched.isdisjoint((None, item.partner_id.id))
            or not _is_ahead(unit, record.as_of)
        ):
            left.append(item.name)
            continue
        of_unit[unit.id] = item
        openings.append(
            opening.Opening(
                unit.id,
                item.partner_id.id,
                first,
                unit.paid_directly,
                item.credit,
                record._agreement_name(number),
            )
        )
    made = record.env["property.prepayment"]._open_paid(
        record.community_id, openings, record.fee_item_id
    )
    found = [(of_unit[unit], agreement) for unit, agreement in made.items()]
    update_rows(
        items.browse(item.id for item, _agreement in found),
        [{"property_prepayment_id": agreement} for _item, agreement in found],
    )
    left += [item.name for unit, item in of_unit.items() if unit not in made]
    _logger.info("%s: %s agreements from %s", record.id, len(found), entry.name)
    for name in left:
        _logger.warning("%s, %s: left as it is, “%s”", record.id, entry.name, name)


def _released_by_hand(record, entry):
    """Partners for whom the account was debited since; None: nobody says for whom."""
    debits = record.env["account.move.line"]._read_group(
        [
            ("account_id", "=", record.advance_account_id.id),
            ("company_id", "=", record.company_id.id),
            ("parent_state", "=", "posted"),
            ("debit", ">", 0),
            ("date", ">=", record.as_of),
            ("move_id", "!=", entry.id),
            ("property_prepayment_id", "=", False),
            ("move_id.property_community_id", "in", (False, record.community_id.id)),
        ],
        ["partner_id"],
    )
    return {partner.id or None for (partner,) in debits}


def _units_by_name(record):
    """{building and room: the unit}; of two that are called alike none."""
    found = defaultdict(list)
    units = record.env["property.unit"].with_context(active_test=False)
    for unit in units.search([("community_id", "=", record.community_id.id)]):
        found[name_key(f"{unit.building_id.name} {unit.name}")].append(unit)
    return {key: units[0] for key, units in found.items() if len(units) == 1}


def _label_endings(record):
    """What an item's label is called around its unit, in each language."""
    mark = "\x00"
    advance = Advance(False, False, mark, None, 0)
    return {
        tuple(record.with_context(lang=code)._advance_line(advance)["name"].split(mark))
        for code, _name in record.env["res.lang"].get_installed()
    }


def _unit_key(label, endings):
    for before, after in endings:
        if label.startswith(before) and label.endswith(after):
            return name_key(label[len(before) : len(label) - len(after)])
    return None


def _is_ahead(unit, as_of):
    """Whether it is still said to be paid for whole months after the ledger."""
    last = unit.paid_directly
    return bool(
        last
        and last > as_of
        and last == date_utils.end_of(last, "month")
        and unit.opening_through == as_of
    )
