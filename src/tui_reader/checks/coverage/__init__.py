"""Coverage: which words of either side have no counterpart on the other."""
