"""GeniusWeb JSON profiles (``LinearAdditiveUtilitySpace``), read as GeniusWeb means them (H20)."""

from __future__ import annotations

from hikiwake.formats.geniusweb.reading import is_geniusweb, read_geniusweb

__all__ = ["is_geniusweb", "read_geniusweb"]
