"""Up to here the last day paid for was written on the unit; now it follows from what
was paid directly and from agreements. What is known was paid directly."""


def migrate(cr, version):
    cr.execute("ALTER TABLE property_unit ADD COLUMN IF NOT EXISTS paid_directly date")
    cr.execute(
        "UPDATE property_unit SET paid_directly = paid_through"
        " WHERE paid_through IS NOT NULL AND paid_directly IS NULL"
    )
