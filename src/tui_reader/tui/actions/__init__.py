"""What the keys of the reading screen do, a file for each kind of thing."""
