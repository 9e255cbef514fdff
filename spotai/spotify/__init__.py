"""Spotify: logging in, its Web API, and a stand-in for both. Knows no SQL: it is handed stores."""
