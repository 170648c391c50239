"""Files of an evidence pack: names, hashes, ZIP. Pure: no record, no clock."""

import hashlib
import io
import re
import zipfile
from typing import NamedTuple

SUMS = "SHA256SUMS.txt"
INDEX = "01_index.pdf"


class File(NamedTuple):
    """One file and, in words, what it proves."""

    name: str
    content: bytes
    proves: str

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def safe_name(*parts):
    """A file name of these parts without blanks, slashes or anything else that a shell
    or an old unpacker trips over."""
    text = "_".join(str(part) for part in parts if part)
    return re.sub(r"[^\w.\-]+", "_", text).strip("._") or "file"


def unique(files):
    """The files with names that differ; the second of two gets a number."""
    seen, result = {}, []
    for file in files:
        count = seen[file.name] = seen.get(file.name, 0) + 1
        if count > 1:
            stem, dot, ending = file.name.rpartition(".")
            stem, ending = (stem, dot + ending) if dot else (file.name, "")
            file = file._replace(name=f"{stem}_{count}{ending}")
        result.append(file)
    return result


def sums(files):
    """The manifest that ``sha256sum -c`` reads."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files).encode()


def zipped(files, moment):
    """A ZIP of the files and their manifest.

    :param moment: the time they bear, so that the same files make the same ZIP
    """
    stream = io.BytesIO()
    stamp = moment.timetuple()[:6]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (*files, File(SUMS, sums(files), "")):
            info = zipfile.ZipInfo(file.name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, file.content)
    return stream.getvalue()
