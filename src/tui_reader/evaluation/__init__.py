"""How good the checker is, and where its parameters come from."""
