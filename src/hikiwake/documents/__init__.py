"""Documents on paper: Markdown, Word (DOCX) and PDF, with letters for every language we speak."""

from __future__ import annotations

from hikiwake.documents.forms import FORMS, written

__all__ = ["FORMS", "written"]
