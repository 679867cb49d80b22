"""The command line: one module per command, assembled lazily by `main`."""
