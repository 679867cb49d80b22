"""The reader's screens, one a file."""
