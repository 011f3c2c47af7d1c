"""The values that come out beside a settlement: offers, talks, how sure it is, how it is done."""
