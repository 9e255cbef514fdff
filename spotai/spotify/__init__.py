"""Spotify: login, tokens and Web API, and the stand-in that answers in its place; knows no SQL."""
