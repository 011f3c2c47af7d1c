"""How a package stands whatever the sides meant, where all is decided whole."""
