"""Where the files lie that the application ships."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent
ICONS: Final = ROOT / "icons"
TRANSLATIONS: Final = ROOT / "translations"
EXAMPLES: Final = ROOT / "examples"
DATA: Final = ROOT / "data"
