"""Spotify: login, tokens and the Web API, and the stand-in that answers in its place. Knows no SQL."""
