"""Spotify: what we say to it, and the stand-in that answers in its place."""
