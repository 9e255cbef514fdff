"""Readers: the bytes of a data-set or playlist file become rows. No SQL, no network."""
