"""Where the files lie that come with the application."""

from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
"""Icons, fonts, translations, examples and small data sets."""
