"""Programs that check a certificate alone: standard library only, sharing no code with the rest."""
