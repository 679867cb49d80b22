"""Wording: terms, untranslated text, repetitions, punctuation, style."""
