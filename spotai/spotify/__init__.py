"""Spotify: login, tokens and the Web API. Knows no SQL; it is handed stores."""
