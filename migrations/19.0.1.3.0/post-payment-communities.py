"""A payment belongs to the community of the invoices it pays; what changes by the day
of a community is now looked at every hour.

Payments that pay invoices of several communities belong to none, as new ones do.
"""

PAYMENTS = """
    WITH paid AS (
        SELECT payment_id, invoice_id FROM account_move__account_payment
        UNION
        SELECT receipt.payment_id, invoice.move_id
          FROM account_partial_reconcile part
          JOIN account_move_line receipt ON receipt.id = part.credit_move_id
          JOIN account_move_line invoice ON invoice.id = part.debit_move_id
         WHERE receipt.payment_id IS NOT NULL
        UNION
        SELECT refund.payment_id, credit_note.move_id
          FROM account_partial_reconcile part
          JOIN account_move_line refund ON refund.id = part.debit_move_id
          JOIN account_move_line credit_note ON credit_note.id = part.credit_move_id
         WHERE refund.payment_id IS NOT NULL
    ), placed AS (
        SELECT paid.payment_id, min(move.property_community_id) AS community_id
          FROM paid JOIN account_move move ON move.id = paid.invoice_id
         GROUP BY paid.payment_id
        HAVING count(DISTINCT move.property_community_id) = 1
    )
    UPDATE account_payment payment
       SET property_community_id = placed.community_id
      FROM placed
     WHERE payment.id = placed.payment_id AND payment.property_community_id IS NULL
"""
# Whoever chose another interval keeps it.
HOURLY = """
    UPDATE ir_cron SET interval_type = 'hours'
      FROM ir_model_data data
     WHERE data.module = 'property_fee_collection' AND data.model = 'ir.cron'
       AND data.name = 'cron_refresh_units' AND data.res_id = ir_cron.id
       AND interval_number = 1 AND interval_type = 'days'
"""


def migrate(cr, version):
    cr.execute(PAYMENTS)
    cr.execute(HOURLY)
