"""dev/dashboards: write the JSON of the dashboards."""

from ..dashboards import FOLDER, texts
from ..say import command, note


@command
def main(_arguments):
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text)
        note(f"{FOLDER / name}")
    return 0
