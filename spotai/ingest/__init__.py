"""Bringing songs in: files and generated catalogs into the database."""
