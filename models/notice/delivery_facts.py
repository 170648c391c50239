"""What a delivery must say (procedure, clause 4.1.3). Pure: no record, no clock."""

# What people carry. Any other channel, also one that is added later, is noted by the
# system alone: no hand claims that an e-mail was read.
CHANNELS_BY_HAND = ("door", "counter", "letter", "registered")
OUTCOMES_BY_HAND = (
    "acknowledged",
    "delivered",
    "refused",
    "left_with_witness",
    "not_met",
    "posted",
    "undeliverable",
)
SYSTEM_CHANNELS = ("email", "portal")
CHANNELS_OF = {"electronic": SYSTEM_CHANNELS, "posted": ("letter", "registered")}
NEEDS_RECIPIENT = ("acknowledged", "delivered")
NEEDS_WITNESS = ("refused", "left_with_witness")


def said(text):
    """Whether a text says anything."""
    return bool((text or "").strip())


def what_is_missing(
    outcome, channel, recipient="", witness="", tracking="", proof=False
):
    """The first thing a delivery lacks, or None.

    :param proof: whether there is a signature or a picture
    :return: ``outcome``, ``channel``, ``recipient``, ``proof``, ``witness`` or
        ``tracking``
    """
    if not outcome:
        # E-mail that waits, or was withheld, has come to nothing yet.
        return None if channel == "email" else "outcome"
    if channel not in CHANNELS_OF.get(outcome, (channel,)):
        return "channel"
    if outcome in NEEDS_RECIPIENT and not said(recipient):
        return "recipient"
    if outcome == "acknowledged" and not proof:
        return "proof"
    if outcome in NEEDS_WITNESS and not said(witness):
        return "witness"
    if outcome == "posted" and channel == "registered" and not said(tracking):
        return "tracking"
    return None
