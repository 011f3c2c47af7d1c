"""How a package stands whatever the sides meant, where something is divided."""
