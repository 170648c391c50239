"""What deliveries say about a notice (procedure, clause 4.1.3). Pure: no record."""

# From the best to the worst. A letter that was posted counts as delivered until it
# comes back; an attempt at which nobody was met changes nothing.
STATE_AFTER = (
    ("acknowledged", "acknowledged"),
    ("delivered", "delivered"),
    ("left_with_witness", "delivered"),
    ("electronic", "delivered"),
    ("refused", "refused"),
    ("undeliverable", "undeliverable"),
    ("posted", "delivered"),
)
# How Odoo's status of an e-mail reads as an outcome. Queued ones have none yet; those
# withheld, because the notice was paid meanwhile, never get one.
EMAIL_OUTCOME = {
    "sent": "electronic",
    "bounce": "undeliverable",
    "exception": "undeliverable",
}


def state_after(outcomes):
    """State of an issued notice after deliveries with these outcomes, in any order."""
    outcomes = set(outcomes)
    return next((state for name, state in STATE_AFTER if name in outcomes), "issued")
