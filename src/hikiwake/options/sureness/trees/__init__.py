"""Trees of cases: that no package meets some conditions, whatever the sides meant."""
