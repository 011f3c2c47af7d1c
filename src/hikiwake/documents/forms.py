"""The forms that a document may have, and the library that each needs."""

from __future__ import annotations

from importlib.util import find_spec

from hikiwake.errors import Fault, UnknownName, Unsupported, did_you_mean
from hikiwake.explain.statement import Document

FORMS = ("md", "docx", "pdf")
_NEEDED = {"md": (), "docx": ("docx",), "pdf": ("typst", "noto_cjk_sans_jp_regular")}


def written(document: Document, form: str) -> bytes:
    """Return a document as a file of one of :data:`FORMS`.

    Raises
    ------
    UnknownName
        If there is no such form (H19).
    Unsupported
        If its libraries are not installed (H18).
    """
    if form not in FORMS:
        raise UnknownName(
            Fault(
                f"Form {form[:20]!r}" if form else "The file's name",
                "unknown" if form else "no ending that says the form",
                f"Known: {', '.join(FORMS)}",
                "H19",
                did_you_mean(form, FORMS) or "Let the file's name end in .md, .docx or .pdf.",
            )
        )
    if any(find_spec(name) is None for name in _NEEDED[form]):
        raise Unsupported(
            Fault(
                f"Form {form!r}",
                "its libraries are not installed",
                "python-docx for Word; typst and a font for PDF",
                "H18",
                "Install them: pip install '.[documents]'",
            )
        )
    if form == "docx":
        from hikiwake.documents.word import word as write
    elif form == "pdf":
        from hikiwake.documents.pdf import pdf as write
    else:
        from hikiwake.documents.markdown import markdown as write
    return write(document)
