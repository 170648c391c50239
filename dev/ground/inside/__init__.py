"""Code that runs in Odoo's Python, not in the one that runs the dev commands."""
