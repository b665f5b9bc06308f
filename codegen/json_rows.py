"""The rows of a table in JSON: what the application runs, and scripts take as it is."""

from __future__ import annotations

from typing import Any


def objects_of(content: Any) -> list[dict[str, Any]]:
    """Return rows, of whatever pandas or others write: by rows, by columns, or with a header.

    Raises ``ValueError`` where there are none.
    """
    if isinstance(content, dict) and isinstance(content.get("data"), list) and "columns" in content:
        rows = [dict(zip(content["columns"], row, strict=True)) for row in content["data"]]
    elif isinstance(content, dict):
        values = list(content.values())
        lists = [each for each in values if isinstance(each, list) and each]
        of_objects = [each for each in lists if all(isinstance(row, dict) for row in each)]
        if of_objects:
            rows = of_objects[0]
        elif values and all(isinstance(each, dict) for each in values):
            names = list(content)
            are_columns = all(str(key).lstrip("-").isdigit() for each in values for key in each)
            keys = list(dict.fromkeys(key for each in values for key in each))
            if not are_columns:  # each object is a row, under its name
                rows = values
            else:
                rows = [{name: content[name].get(key) for name in names} for key in keys]
        elif values and len(lists) == len(values) and len({len(each) for each in lists}) == 1:
            rows = [dict(zip(content, row, strict=True)) for row in zip(*values, strict=True)]
        else:
            rows = []
    else:
        rows = content if isinstance(content, list) else []
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError("it is no list of objects")
    return rows
