"""Spotify: login, tokens, the Web API, and the stand-in that answers for it. Knows no SQL."""
