"""Reports as people and programs read them: one module per output format, named in `registry`."""
