"""``python ingest/load_dataset.py FILE…`` loads like ``python -m spotai load FILE…``."""

import sys

from spotai.commands import main

if __name__ == "__main__":
    main(["load", *sys.argv[1:]])
