"""Why a bank transfer is matched or not, in words: lazy, for the reader's language."""

from odoo.tools.misc import format_amount
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

REASONS = {
    "number": _lt("The text has the number %(name)s."),
    "unit": _lt("The text names %(unit)s."),
    "owner": _lt("The payer's name agrees."),
    "stranger": _lt("%(name)s is not known for this unit."),
    "who": _lt("The bank does not say who paid."),
    "payer": _lt("Only the payer's name %(name)s is known."),
    "other_unit": _lt("But the text names %(unit)s as well."),
    "equal": _lt("It is exactly what is open."),
    "oldest": _lt("It is exactly the oldest bills."),
    "part": _lt("%(amount)s less than what is open: a part payment."),
    "over": _lt("%(amount)s more than what is open: kept on account."),
    "nothing": _lt("Nothing is open: all of it is kept on account."),
    "undone": _lt("Somebody undid this before."),
    "payment": _lt("Taken already as %(name)s; the bank confirms it."),
    "paid_already": _lt("%(name)s is paid already."),
    "several": _lt("%(count)s answers fit: choose one."),
    "currency": _lt("It is in another currency than the bills."),
    "unknown": _lt("No number, unit or payer is known in the text."),
    "changed": _lt("Paid or changed meanwhile: look again."),
}


def worded(env, reasons, currency):
    """Reasons in the language of ``env``; sums of money in ``currency``."""
    texts = []
    for code, values in reasons or ():
        shown = dict(values)
        if "amount" in shown:
            shown["amount"] = format_amount(env, shown["amount"], currency)
        text = env._(REASONS[code])
        texts.append(text % shown)
    return " ".join(texts)
