"""The reader's widgets, one a file."""
