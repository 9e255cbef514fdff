"""SpotAI: music recommendation whose every variable can be seen and edited."""

__version__ = "0.1.0"
