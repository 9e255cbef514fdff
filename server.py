"""``app`` for any WSGI server; ``python server.py`` serves like ``python -m spotai serve``."""

from spotai.__main__ import cli
from spotai.serving import prepared_app
from spotai.settings import load_settings

if __name__ == "__main__":
    cli(["serve"], prog_name="server.py")
else:
    app = prepared_app(load_settings())
