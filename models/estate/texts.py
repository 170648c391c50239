"""Words that people write. Pure: no record."""


def said(text):
    """Whether a text says anything."""
    return bool((text or "").strip())
