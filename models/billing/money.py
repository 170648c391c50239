"""What counts as money among journal entries. Pure: SQL text only."""

# A payment or a bank transaction; everything else corrects.
IS_MONEY = """
    {move}.origin_payment_id IS NOT NULL OR {move}.statement_line_id IS NOT NULL
    OR {journal}.type IN ('bank', 'cash', 'credit')
"""
