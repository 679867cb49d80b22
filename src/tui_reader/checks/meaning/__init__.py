"""Meaning: negation, opposites, questions."""
