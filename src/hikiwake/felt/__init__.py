"""Whether draws feel like draws: what each side says, sealed, beside what a package is."""

from hikiwake.felt.answers import felt, require_sealed, require_seals, seal_of
from hikiwake.felt.research import research

__all__ = ["felt", "require_sealed", "require_seals", "research", "seal_of"]
