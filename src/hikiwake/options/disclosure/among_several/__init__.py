"""The exact ends of every number that several sides hide together."""
