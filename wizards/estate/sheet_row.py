"""What any row of an imported sheet has. Pure: no record."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class SheetRow:
    """``number`` is the row's place in the sheet; issues are (severity, column, code,
    values of the message)."""

    number: int
    building: str | None = None
    room: str | None = None
    issues: list = field(default_factory=list)

    def error(self, column, code, **values):
        self.issues.append(("error", column, code, values))

    def warn(self, column, code, **values):
        self.issues.append(("warning", column, code, values))

    @property
    def is_valid(self):
        return all(issue[0] != "error" for issue in self.issues)

    def fill(self, cells, columns, readers, unreadable):
        """Read each cell; one that cannot be read is an error of the row.

        :param columns: {field: index of its cell}
        :param readers: {field: function that reads it}
        :param unreadable: the exception with which a reader gives up
        """
        for name, at in columns.items():
            value = cells[at] if at < len(cells) else None
            try:
                setattr(self, name, readers[name](value))
            except unreadable as error:
                self.error(name, f"unreadable_{name}", value=str(error))
