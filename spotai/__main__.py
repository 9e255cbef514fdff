"""The command line: ``python -m spotai``."""

from spotai.commands import cli, main

__all__ = ["cli", "main"]

if __name__ == "__main__":
    main()
