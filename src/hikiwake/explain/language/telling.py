"""What a telling is: sections of sentences and tables, every text ready to read."""

from __future__ import annotations

from dataclasses import dataclass

from hikiwake.explain.language.layout import table_lines, width_of, wrap

BULLET = "• "


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the headings of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences under it, and a table after them where there is one."""

    heading: str
    lines: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A settlement told to one audience in one language.

    Where the numbers of a dispute are invented, the first line of ``title`` says so.
    """

    language: str
    title: str
    sections: tuple[Section, ...]

    def text(self, width: int = 80) -> str:
        """Return the telling as plain text, no line wider than ``width`` columns.

        Characters of Chinese, Japanese and Korean writing count as two columns.
        """
        lines = wrap(self.title, width)
        lines.append("═" * min(width, max(width_of(line) for line in lines)))
        for section in self.sections:
            lines.append("")
            if section.heading:
                lines += [*wrap(section.heading, width)]
                lines.append("─" * min(width, width_of(section.heading)))
            for line in section.lines:
                lines += wrap(line, width, hang="  " if line.startswith(BULLET) else "")
            if section.table is not None:
                lines += [""] if section.lines else []
                lines += table_lines(section.table.columns, section.table.rows, width)
        return "\n".join(lines) + "\n"
