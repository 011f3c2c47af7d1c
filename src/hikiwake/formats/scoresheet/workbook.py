"""Excel workbooks as lines of text: values only, sizes bounded before anything is unpacked."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from hikiwake.errors import Fault, FormatError
from hikiwake.formats.foreign import require_library
from hikiwake.formats.scoresheet.columns import MAX_COLUMNS, Line
from hikiwake.formats.scoresheet.rows import MAX_ROWS

MAX_BYTES = 4 * 2**20
MAX_UNPACKED = 64 * 2**20
MAX_SHEETS = 1_000


def read_workbook(path: Path) -> Iterator[tuple[str, bool, list[Line]]]:
    """Yield the name, whether it is shown, and the lines of every sheet of a workbook.

    A number in a cell is stored in binary; it is read as the shortest decimal that means it.

    Raises
    ------
    FormatError
        If it is no workbook, or too large (H16, H20).
    Unsupported
        If openpyxl is not installed, or the workbook is locked with a password.
    """
    data = _bytes(path)
    _check_size(path, data)
    openpyxl: Any = require_library("openpyxl", "openpyxl", "an Excel workbook")
    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    except Exception:  # noqa: BLE001 - openpyxl lets out whatever a broken file trips
        raise _fault(path, "no workbook that can be read", "An Excel workbook (.xlsx)") from None
    left = MAX_ROWS
    for name in book.sheetnames[:MAX_SHEETS]:
        sheet = book[name]
        if not hasattr(sheet, "iter_rows"):
            continue
        try:
            lines = _lines(path, name, sheet, left)
        except FormatError:
            raise
        except Exception:  # noqa: BLE001 - as above
            raise _fault(path, f"sheet {name[:80]!r} cannot be read", "A whole file") from None
        left -= len(lines)
        yield name, sheet.sheet_state == "visible", lines


def _lines(path: Path, name: str, sheet: Any, left: int) -> list[Line]:
    lines: list[Line] = []
    letters = 0
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    for place, row in enumerate(rows, start=1):
        if place > left:
            raise _fault(path, f"more than {MAX_ROWS} rows", "Fewer, all sheets together", "H16")
        cells = tuple(_text(value) for value in row)
        letters += sum(map(len, cells))
        if letters > MAX_UNPACKED:
            raise _fault(path, "too much text", "Cells of a few words", "H16")
        if any(cells):
            lines.append(Line(f"{path.name}, sheet {name[:80]!r}, row {place}", cells))
    return lines


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return str(value)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
        raise _fault(path, why, "A file that can be read") from None
    if len(data) > MAX_BYTES:
        raise _fault(path, "too large", f"At most {MAX_BYTES // 2**20} MiB", "H16")
    return data


def _check_size(path: Path, data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise _fault(path, "no workbook that can be read", "An Excel workbook (.xlsx)") from None
    if size > MAX_UNPACKED:
        found, limit = "too large when unpacked", f"At most {MAX_UNPACKED // 2**20} MiB"
        raise _fault(path, found, limit, "H16")


def _fault(path: Path, found: str, expected: str, convention: str = "H20") -> FormatError:
    remedy = "Save it again as .xlsx, with the score sheets only."
    thing = f"File {path.name!r}"
    return FormatError(Fault(thing, found, expected, convention, remedy, str(path)))
