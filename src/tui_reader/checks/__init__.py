"""What is wrong with a translation, and how well it corresponds to its source."""
