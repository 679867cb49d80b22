"""Facts that a translation must carry over exactly: numbers, dates, units, names, addresses, placeholders."""
