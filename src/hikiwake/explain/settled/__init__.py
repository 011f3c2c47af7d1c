"""A settlement, told to a party, to all together, to the mediator."""
