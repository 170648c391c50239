"""A translation file that is not complete is told from one that is."""

import pytest

from ground.inside import po

POT = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"POT-Creation-Date: 2026-01-01 00:00+0000\\n"

#. module: x
msgid "Bill of %(month)s"
msgstr ""

msgid "Unit"
msgstr ""
"""


@pytest.fixture
def files(tmp_path):
    pot, translated = tmp_path / "x.pot", tmp_path / "zh_TW.po"
    pot.write_text(POT)
    translated.write_text(
        POT.replace('%(month)s"\nmsgstr ""', '%(month)s"\nmsgstr "%(month)s 帳單"')
        .replace('"Unit"\nmsgstr ""', '"Unit"\nmsgstr "戶"')
    )  # fmt: skip
    return str(pot), translated


def faults(files, capsys):
    po.check(files[0], str(files[1]))
    return capsys.readouterr().out


def test_complete_file(files, capsys):
    assert faults(files, capsys) == ""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('msgstr "戶"', 'msgstr ""', "is not translated"),
        ('msgid "Unit"', '#, fuzzy\nmsgid "Unit"', "is fuzzy"),
        ('msgid "Unit"', 'msgid "Old"', "is no longer a term"),
        ('msgid "Unit"\nmsgstr "戶"', "", "is missing"),
        ("%(month)s 帳單", "帳單", "placeholders"),
    ],
)
def test_faults_are_found(files, capsys, before, after, said):
    text = files[1].read_text()
    assert before in text
    files[1].write_text(text.replace(before, after))
    assert said in faults(files, capsys)


def test_merge_keeps_what_is_translated(files, capsys):
    text = files[1].read_text().replace('msgid "Unit"', 'msgid "Old"')
    files[1].write_text(text)
    po.merge(files[0], str(files[1]))
    merged = files[1].read_text()
    assert "%(month)s 帳單" in merged
    assert "Old" not in merged
    assert "1 to translate" in capsys.readouterr().out
