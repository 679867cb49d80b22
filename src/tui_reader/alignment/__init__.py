"""Which passages, sentences and words of two texts belong together."""
