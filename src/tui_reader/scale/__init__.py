"""Checks of data sets: millions of pairs, cut into shards and shared out to processes or a cluster."""
