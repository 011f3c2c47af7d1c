"""A dispute as files: of Hikiwake's own format, in one or in a folder; or for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hikiwake.errors import Fault, UnknownName, Unsupported, did_you_mean
from hikiwake.formats.foreign_writing import Exported
from hikiwake.formats.native import preference_data, to_data, toml, write
from hikiwake.model import Dispute

__all__ = ["FORMS", "exported", "files_of", "require_file_names"]

FORMS = ("genius", "geniusweb", "negmas", "csv", "xlsx")

_UNUSABLE = '/\\:*?"<>|'


def files_of(dispute: Dispute, folder: bool = False) -> Mapping[str, str]:
    """Return the texts of a dispute's files by their paths.

    Parameters
    ----------
    dispute
        Its notes are no part of the format and are not written.
    folder
        True: the public ``dispute.toml`` and one private file a party. False: all in one file.

    Raises
    ------
    Unsupported
        If a number has too many digits to be written (H1), or a folder is asked for and a party's
        id cannot be the name of a file.
    """
    if not folder:
        return {"dispute.toml": write(dispute)}
    public = {key: value for key, value in to_data(dispute).items() if key != "preferences"}
    files = {"dispute.toml": toml.dumps(public, _short)}
    require_file_names(dispute.preferences)
    for party, preference in dispute.preferences.items():
        text = toml.dumps(preference_data(preference, dispute), _short_in_preference)
        files[f"preferences/{party}.toml"] = text
    return files


def require_file_names(parties: Iterable[str]) -> None:
    """Refuse parties that cannot have a file each, named after their ids.

    Raises
    ------
    Unsupported
        If an id cannot be the name of a file of its own (H3).
    """
    names: set[str] = set()
    for party in parties:
        if any(c in _UNUSABLE for c in party) or party[0] == "." or party.casefold() in names:
            raise _no_file_name(party)
        names.add(party.casefold())


def exported(dispute: Dispute, form: str, single: bool = False) -> Exported:
    """Return the files of a dispute in the format of another program.

    They hold everybody's points. Gains are the same in them; a note says where points are not.

    Parameters
    ----------
    dispute
        What is written.
    form
        One of :data:`FORMS`.
    single
        For ``csv``: one file with a column for the party, instead of a file for each.

    Raises
    ------
    UnknownName
        If there is no such format.
    Unsupported
        With everything that the format cannot hold and that would change the settlement (H20).
    """
    if form == "genius":
        from hikiwake.formats.genius_writing import write_genius

        return write_genius(dispute)
    if form == "geniusweb":
        from hikiwake.formats.geniusweb.writing import write_geniusweb

        return write_geniusweb(dispute)
    if form == "negmas":
        from hikiwake.formats.negmas.writing import write_negmas

        return write_negmas(dispute)
    if form in ("csv", "xlsx"):
        from hikiwake.formats.scoresheet.writing import write_csv, write_workbook

        return write_workbook(dispute) if form == "xlsx" else write_csv(dispute, single)
    hint = did_you_mean(form, FORMS) or "Use one of these."
    known = f"Known: {', '.join(FORMS)}"
    raise UnknownName(Fault(f"Format {form[:80]!r}", "not known", known, "H20", hint))


def _short(path: tuple[str, ...]) -> bool:
    return path[-1] in ("never", "when")


def _short_in_preference(path: tuple[str, ...]) -> bool:
    return _short(path) or path[:-1] == ("points",)


def _no_file_name(party: str) -> Unsupported:
    return Unsupported(
        Fault(
            f"Party {party[:80]!r}",
            "an id that cannot be the name of a file of its own",
            f"Ids without {' '.join(_UNUSABLE)}, not the same but for capitals",
            "H3",
            "Write one file instead, or rename the party at the source.",
        )
    )
