"""What a delivery must say (procedure, clause 4.1.3). Pure: no record, no clock."""

from ..estate.texts import said

# How Odoo says that an address or a number is wrong, not that a server is down.
WRONG_DATA = (
    "mail_email_invalid",
    "mail_email_missing",
    "mail_bounce",
    "sms_number_missing",
    "sms_number_format",
    "sms_invalid_destination",
    "sms_rejected",
)
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
SYSTEM_CHANNELS = ("email", "sms", "portal")
# What waits in a queue of Odoo's.
QUEUED_CHANNELS = ("email", "sms")
CHANNELS_OF = {"electronic": SYSTEM_CHANNELS, "posted": ("letter", "registered")}
NEEDS_RECIPIENT = ("acknowledged", "delivered")
NEEDS_WITNESS = ("refused", "left_with_witness")


def is_wrong_data(status, failure_type):
    """Whether a message failed because the customer's data is wrong.

    :param status: Odoo's status of a notification
    """
    return status == "bounce" or (status == "exception" and failure_type in WRONG_DATA)


def what_is_missing(
    outcome,
    channel,
    recipient="",
    witness="",
    tracking="",
    proof=False,
    picture=True,
):
    """The first thing a delivery lacks, or None.

    :param proof: whether there is a signature or a picture
    :param picture: false where one is asked for and there is none
    :return: ``outcome``, ``channel``, ``recipient``, ``proof``, ``witness``,
        ``picture`` or ``tracking``
    """
    if not outcome:
        # What waits in a queue, or was withheld, has come to nothing yet.
        return None if channel in QUEUED_CHANNELS else "outcome"
    if channel not in CHANNELS_OF.get(outcome, (channel,)):
        return "channel"
    if outcome in NEEDS_RECIPIENT and not said(recipient):
        return "recipient"
    if outcome == "acknowledged" and not proof:
        return "proof"
    if outcome in NEEDS_WITNESS and not said(witness):
        return "witness"
    if outcome == "left_with_witness" and not picture:
        return "picture"
    if outcome == "posted" and channel == "registered" and not said(tracking):
        return "tracking"
    return None
