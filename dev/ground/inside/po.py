"""Merge and check translation files; run as `po.py merge|check|normal POT [PO…]`."""

import re
import sys

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[-+0-9.# ]*[a-z]|%[sdf]|\{\w*\}")
# They change with every export and tell nothing.
DATES = ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To")


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def normal(pot, *_others):
    """Leave out what differs between two exports of the same terms."""
    template = polib.pofile(pot)
    for name in DATES:
        template.metadata.pop(name, None)
    template.save(newline="\n")


def merge(pot, *names):
    """Bring the terms of POT into each file, keeping what is translated."""
    template = polib.pofile(pot)
    for name in names:
        old = polib.pofile(name)
        known = {key(entry): entry for entry in old}
        new = polib.POFile()
        new.metadata = {**template.metadata, **old.metadata}
        for entry in template:
            before = known.get(key(entry))
            if before is not None and "fuzzy" not in before.flags:
                entry.msgstr = before.msgstr
                entry.tcomment = before.tcomment
            else:
                entry.msgstr = ""
            new.append(entry)
        new.header = old.header or template.header
        new.save(name, newline="\n")
        missing = sum(1 for entry in new if not entry.msgstr)
        print(f"{name}: {len(new)} terms, {missing} to translate")


def _faults(template, name):
    terms = {key(entry) for entry in template}
    seen = set()
    for entry in polib.pofile(name):
        where = f"{name}:{entry.linenum}: {entry.msgid[:60]!r}"
        if entry.obsolete or key(entry) not in terms:
            yield f"{where} is no longer a term: run dev/i18n"
            continue
        seen.add(key(entry))
        if "fuzzy" in entry.flags:
            yield f"{where} is fuzzy"
        if not entry.msgstr.strip():
            yield f"{where} is not translated"
        elif sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
            PLACEHOLDER.findall(entry.msgstr)
        ):
            yield f"{where} has other placeholders than its translation"
    for term in template:
        if key(term) not in seen:
            yield f"{name}: {term.msgid[:60]!r} is missing: run dev/i18n"


def check(pot, *names):
    """Print one line for each fault."""
    template = polib.pofile(pot)
    for name in names:
        for fault in _faults(template, name):
            print(fault)


if __name__ == "__main__":
    {"merge": merge, "check": check, "normal": normal}[sys.argv[1]](*sys.argv[2:])
