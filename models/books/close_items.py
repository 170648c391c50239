"""The journal items of a period close, against which the next one holds the books.
Pure: no record. Amounts are rounded as the ledger has them."""


def close_items(lines, advances, late):
    """Values of what is open at the end of the month, and of what came in it.

    :param lines: the receivable lines, ``LineFacts``
    :param advances: rows of ``ADVANCES``
    :param late: the ``CloseLate``; what it names is known from now on
    """
    rows = [
        _item(
            "arrears",
            line.line_id,
            line.move_id,
            line.residual,
            line.balance,
            line.move_name,
            line.partner_id,
        )
        for line in lines
        if line.is_new or round(line.residual, 6)
    ]
    items = {row[0]: (row[1], *row[5:]) for row in advances if row[0]}
    items |= late.seen_advances()
    rows += [
        _item("advance", line, move, amount, -amount, name, partner)
        for line, (move, amount, name, partner) in sorted(items.items())
    ]
    return rows


def _item(section, line, move, amount, balance, name, partner):
    return {
        "section": section,
        "line_key": line,
        "move_id": move,
        "amount": round(amount, 6) + 0.0,
        "balance": round(balance, 6) + 0.0,
        "move_name": name,
        "partner_id": partner,
    }
