"""An owner ledger workbook, read as a stream.

Pure: no record. The rows of the sheet are never held together; what is kept per row is
the room and its row number, to find a room's second occurrence.
"""

from .ledger_cells import title_month
from .ledger_headers import HEADER_ROWS, find_columns, is_total, name_key, plain
from .ledger_row import month_end, read_row
from .workbook_stream import Damaged, numbered_rows, open_workbook

CHUNK = 1000


class NotALedger(ValueError):
    """The file cannot be read as an owner ledger; ``args[0]`` is the message's code."""


class LedgerReader:
    """:param content: the bytes of an .xlsx file

    ``columns`` is {field: index}, ``headers`` {field: text above the column},
    ``as_of`` the last day named by a title row, if any.
    """

    def __init__(self, content):
        self.columns, self.headers, self.as_of = {}, {}, None
        self._sheet = self._header_row = None
        try:
            self._book = open_workbook(content)
            found = any(self._find_header(sheet) for sheet in self._book.worksheets)
        except Damaged:
            raise NotALedger("not_xlsx") from None
        if not found:
            raise NotALedger("no_header")

    def _find_header(self, sheet):
        as_of = None
        for number, cells in numbered_rows(sheet, last=HEADER_ROWS):
            columns = find_columns(cells)
            if columns:
                self._sheet, self._header_row = sheet, number
                self.columns, self.as_of = columns, as_of
                self.headers = {
                    name: plain(cells[index]) for name, index in columns.items()
                }
                return True
            month = title_month(cells)
            as_of = month_end(month) if month else as_of
        return False

    def rows(self, as_of):
        """Every row of the ledger with its issues, the total row left out.

        :param as_of: last day the ledger covers
        :raises Damaged: if the sheet breaks off midway
        """
        seen = {}
        for number, cells in numbered_rows(self._sheet, self._header_row + 1):
            if not any(plain(cell) for cell in cells) or is_total(cells):
                continue
            row = read_row(number, cells, self.columns, as_of)
            if row.room:
                key = name_key(row.building), name_key(row.room)
                first = seen.setdefault(key, number)
                if first != number:
                    row.error("room", "room_again", room=row.room, first=first)
            yield row

    def chunks(self, as_of, size=CHUNK):
        """The same rows in lists of ``size``."""
        chunk = []
        for row in self.rows(as_of):
            chunk.append(row)
            if len(chunk) == size:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def close(self):
        self._book.close()
