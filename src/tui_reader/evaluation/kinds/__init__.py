"""Kinds of evaluation data: one module each, with a `KIND` that reads its lines, measures them and says the figures."""
