"""How far phone and address of somebody can be trusted (procedure, clause 5.2).

Once as a pure function, once as SQL for whole communities; a test holds the two
together.
"""

from odoo.tools import SQL

# Months for which a verification holds where no community says otherwise.
CYCLE_MONTHS = 6

# Whoever is of several communities is asked as often as the strictest of them asks.
CYCLE = """
    coalesce((
        SELECT min(c.contact_cycle_months)
          FROM property_unit_tenure t
          JOIN property_community c ON c.id = t.community_id
         WHERE t.partner_id = {alias}.id
           AND (t.date_from IS NULL OR t.date_from <= %(today)s)
           AND (t.date_to IS NULL OR t.date_to >= %(today)s)
    ), %(months)s)
"""
OLDEST = f"(%(today)s::date - make_interval(months => {CYCLE}))::date"
STATE = f"""
    CASE WHEN coalesce({{alias}}.phone, '') = '' OR coalesce({{alias}}.street, '') = ''
         THEN 'missing'
         WHEN {{alias}}.property_phone_failed IS NOT NULL
              OR {{alias}}.property_address_failed IS NOT NULL
         THEN 'failed'
         WHEN least({{alias}}.property_phone_verified,
                    {{alias}}.property_address_verified) >= {OLDEST}
              AND {{alias}}.property_phone_verified IS NOT NULL
              AND {{alias}}.property_address_verified IS NOT NULL
         THEN 'fresh'
         ELSE 'stale' END
"""
# What SQL of this module reads; flush it first.
PARTNER_FIELDS = (
    "phone",
    "street",
    "email",
    "property_phone_verified",
    "property_address_verified",
    "property_email_verified",
    "property_phone_failed",
    "property_address_failed",
    "property_email_failed",
)


def contact_state(phone, address, oldest):
    """
    :param phone: (number, day of verification, day on which it failed)
    :param address: (street, day of verification, day on which it failed)
    :param oldest: the first day of which a verification still holds
    """
    both = (phone, address)
    if not all(value for value, _verified, _failed in both):
        return "missing"
    if any(failed for _value, _verified, failed in both):
        return "failed"
    if all(verified and verified >= oldest for _value, verified, _failed in both):
        return "fresh"
    return "stale"


def state_sql(alias, today):
    """The state of the partner ``alias`` on ``today``."""
    return SQL(STATE.format(alias=alias), today=today, months=CYCLE_MONTHS)


def oldest_sql(alias, today):
    """The first day of which a verification of the partner ``alias`` still holds."""
    return SQL(OLDEST.format(alias=alias), today=today, months=CYCLE_MONTHS)


def flush(env):
    """Write what the SQL above reads."""
    env["res.partner"].flush_model(PARTNER_FIELDS)
    env["property.unit.tenure"].flush_model()
    env["property.community"].flush_model(["contact_cycle_months"])
