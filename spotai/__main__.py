"""The command line: ``python -m spotai``."""

import sys

try:
    from spotai.commands import cli, main
except KeyboardInterrupt:  # Ctrl-C in the first second, while modules are imported
    sys.exit(130)

__all__ = ["cli", "main"]

if __name__ == "__main__":
    main()
