"""The module's terms: exported from a real database, merged, and checked."""

from . import paths
from .say import Problem, Step, tail

FOLDER = paths.CHECKOUT / "i18n"
POT = FOLDER / f"{paths.MODULE}.pot"
LANGUAGES = ("zh_TW", "zh_CN")
SCRIPT = paths.CHECKOUT / "dev/ground/inside/po.py"
NEW = """msgid ""
msgstr ""
"Project-Id-Version: Odoo Server 19.0\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def files():
    return [FOLDER / f"{language}.po" for language in LANGUAGES]


def _script(here, *arguments):
    code, said = here.output(SCRIPT, *arguments)
    if code:
        raise Problem(f"{tail(said)}\nA translation file cannot be read; see above.")
    return said


def export(here, database, target):
    """Write the terms of the module in DATABASE to TARGET, without dates."""
    with Step("exporting the terms"):
        order = ["i18n", "export", "-d", database, "-l", "pot", "-o", target]
        code, said = here.output("-m", "odoo", *order, paths.MODULE)
    if code or not target.is_file():
        raise Problem(f"{tail(said)}\nThe terms could not be exported; see above.")
    _script(here, "normal", target)


def merge(here, database):
    """Bring the .pot file and the .po files up to date; returns a report."""
    FOLDER.mkdir(exist_ok=True)
    export(here, database, POT)
    for path, language in zip(files(), LANGUAGES, strict=True):
        if not path.exists():
            path.write_text(NEW.format(language=language))
    return _script(here, "merge", POT, *files())


def faults(here, database):
    """What is missing in the .po files, one line for each."""
    fresh = paths.state() / "terms.pot"
    fresh.unlink(missing_ok=True)
    export(here, database, fresh)
    there = [path for path in files() if path.exists()]
    gone = [path for path in files() if not path.exists()]
    absent = [f"{path} is missing: run dev/i18n" for path in gone]
    if POT.exists() and POT.read_text() != fresh.read_text():
        absent.append(f"{POT} is not up to date: run dev/i18n")
    return absent + _script(here, "check", fresh, *there).splitlines()
