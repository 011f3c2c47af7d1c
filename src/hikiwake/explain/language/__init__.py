"""How anything is said: a language's messages, numbers, names, conditions, tables."""
