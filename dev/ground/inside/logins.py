"""Print the users of each role and their password, as the database NAME has them.

The password is shown when it is the part of the login before the `@`.
"""

import sys

import psycopg2
from passlib.context import CryptContext

ROLES = {
    "group_cs": "CS staff",
    "group_cs_head": "CS head",
    "group_finance": "Finance",
    "group_manager": "Manager",
    "group_company": "Company",
    "group_system": "Administrator",
}
QUERY = """
    SELECT u.login, u.password, array_agg(d.name)
      FROM res_users u
      JOIN res_groups_users_rel r ON r.uid = u.id
      JOIN ir_model_data d ON d.res_id = r.gid AND d.model = 'res.groups'
     WHERE u.active AND u.password IS NOT NULL
       AND (d.module = 'property_fee_collection'
            OR d.module = 'base' AND d.name = 'group_system')
       AND d.name IN %s
  GROUP BY u.id
"""


def main(database):
    cursor = psycopg2.connect(dbname=database).cursor()
    cursor.execute(QUERY, [tuple(ROLES)])
    checker = CryptContext(["pbkdf2_sha512", "plaintext"])
    lines = []
    for login, stored, groups in cursor.fetchall():
        rank = [number for number, group in enumerate(ROLES) if group in groups]
        guess = login.partition("@")[0]
        password = guess if checker.verify(guess, stored) else "(was changed)"
        role = ROLES[list(ROLES)[rank[0]]]
        if "group_system" in groups:
            rank, role = [len(ROLES)], ROLES["group_system"]
        lines.append((rank[0], role, login, password))
    for _rank, role, login, password in sorted(lines):
        print(f"  {role:<14} {login:<24} {password}")


main(sys.argv[1])
