"""The process that ``process.Standin`` starts."""

from spotai.spotify.standin.server import main

main()
