<<<<<<< HEAD
"""Spotify: login, tokens, the Web API, and the stand-in that answers for it. Knows no SQL."""
=======
"""Spotify: login, tokens and Web API, and the stand-in that answers in its place; knows no SQL."""
>>>>>>> login/main
