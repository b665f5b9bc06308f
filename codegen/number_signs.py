"""Signs of money and the like around numbers in tables, here and in scripts."""

from __future__ import annotations

from typing import Final

SIGNS: Final = r"[$€£¥₹₽₩₺₴฿%‰°]|USD|EUR|GBP|CHF|RMB|CNY|元|円|Rs\.?|R\$|C\$|A\$|zł|kr\.?"
"""A regular expression for one of them."""
